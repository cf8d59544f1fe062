package dev.stagedoor.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.support.RedisProcess;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three nodes under load, of which each must keep its promises while their Redis fails in every way. */
class RedisOutageTest {

    private static final int KEYS = 20;
    private static final Duration TIMEOUT = Duration.ofMillis(50);

    private final Vertx vertx = Vertx.vertx();
    private final RedisProcess redis = new RedisProcess();
    private final CacheNode.Database database = new CacheNode.Database();
    private final List<CacheNode> nodes = new ArrayList<>();
    private final ExecutorService load = Executors.newFixedThreadPool(6);
    private final AtomicLong operations = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile boolean isOver;

    @BeforeEach
    void start() {
        for (int i = 0; i < 3; i++) {
            nodes.add(new CacheNode(vertx, redis.url(), database, Map.of("stagedoor.cache.redis-timeout", "50ms")));
        }
        awaitRedis();
        for (int i = 0; i < 6; i++) {
            CacheNode node = nodes.get(i % 3);
            load.execute(() -> work(node));
        }
        awaitMoreOperations();
    }

    private void work(CacheNode node) {
        while (!isOver) {
            String key = "row" + ThreadLocalRandom.current().nextInt(KEYS);
            try {
                int version = ThreadLocalRandom.current().nextInt(3) == 0
                        ? node.write(key).join()
                        : node.readNow(key);
                operations.addAndGet(version < 0 ? 0 : 1);
            } catch (RuntimeException e) {
                failures.incrementAndGet();
            }
        }
    }

    private void awaitMoreOperations() {
        long before = operations.get();
        await().until(() -> operations.get() > before + 500);
    }

    private void awaitRedis() {
        nodes.forEach(CacheNode::awaitRedis);
    }

    private void awaitNoRedis() {
        await().until(() -> nodes.stream().noneMatch(node -> node.caches().isRedisUsable()));
    }

    @AfterEach
    void stop() {
        nodes.forEach(CacheNode::close);
        redis.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void endTheLoad() {
        isOver = true;
        load.shutdown();
        await().until(load::isTerminated);
    }

    /** Nothing failed, nobody read what they knew to be overwritten, and now all see the same. */
    private void assertAllIsWell() {
        endTheLoad();
        assertThat(failures).hasValue(0);
        assertThat(nodes).allSatisfy(node -> assertThat(node.staleReads()).isZero());
        await().until(() -> nodes.stream().allMatch(this::seesAllAsItIs));
    }

    private boolean seesAllAsItIs(CacheNode node) {
        return database.rows.entrySet().stream()
                .allMatch(row -> node.readNow(row.getKey()) == row.getValue().get());
    }

    @Test
    void aRedisThatHangsIsDoneWithoutAndComesBackByItself() {
        redis.suspend();
        awaitNoRedis();
        awaitMoreOperations();
        redis.resume();
        awaitRedis();
        awaitMoreOperations();

        assertAllIsWell();
    }

    @Test
    void aRedisThatDiesIsDoneWithoutAndItsSuccessorIsUsedByItself() {
        redis.kill();
        awaitNoRedis();
        awaitMoreOperations();
        redis.start();
        awaitRedis();
        awaitMoreOperations();

        assertAllIsWell();
    }

    @Test
    void aRedisThatComesAndGoesBreaksNoPromise() {
        for (int i = 0; i < 5; i++) {
            redis.suspend();
            awaitMoreOperations();
            redis.resume();
            awaitMoreOperations();
            redis.kill();
            redis.start();
            awaitMoreOperations();
        }
        awaitRedis();

        assertAllIsWell();
    }

    @Test
    void whatWasMissedWhileRedisHungIsFlushed() {
        endTheLoad();
        nodes.forEach(node -> assertThat(node.readNow("row0")).isNotNegative());
        redis.suspend();

        int written = nodes.get(0).write("row0").join();
        assertThat(nodes.get(0).readNow("row0")).isEqualTo(written);
        redis.resume();

        nodes.forEach(node -> await().until(() -> node.readNow("row0") == written));
    }

    @Test
    void onceItIsNoticedNobodyWaitsForARedisThatHangs() {
        endTheLoad();
        redis.suspend();
        awaitNoRedis();
        int misses = 200;

        long start = System.nanoTime();
        for (int i = 0; i < misses; i++) {
            assertThat(nodes.get(0).readNow("unknown" + i)).isZero();
        }
        Duration each = Duration.ofNanos(System.nanoTime() - start).dividedBy(misses);

        redis.resume();
        assertThat(each).isLessThan(TIMEOUT.dividedBy(2));
    }

    @Test
    void aNodeThatIsCutOffServesNothingOlderThanTheHardLimit() {
        endTheLoad();
        Map<String, String> settings = Map.of("stagedoor.cache.hard-limit", "300ms");
        try (CacheNode node = new CacheNode(vertx, redis.url(), database, settings)) {
            node.awaitRedis();
            assertThat(node.readNow("quiet")).isZero();
            redis.suspend();
            int written = nodes.get(0).write("quiet").join();

            await().until(() -> node.readNow("quiet") == written);
            redis.resume();
        }
    }
}
