package dev.stagedoor.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.support.Forwarder;
import dev.stagedoor.support.RedisProcess;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three nodes over a real Redis that works. */
class CachesTest {

    private final Vertx vertx = Vertx.vertx();
    private final RedisProcess redis = new RedisProcess();
    private final CacheNode.Database database = new CacheNode.Database();
    private final List<CacheNode> nodes = new ArrayList<>();

    @BeforeEach
    void start() {
        for (int i = 0; i < 3; i++) {
            nodes.add(new CacheNode(vertx, redis.url(), database));
        }
        nodes.forEach(CacheNode::awaitRedis);
    }

    @AfterEach
    void stop() {
        nodes.forEach(CacheNode::close);
        redis.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void tenThousandMissesOfOneKeyOverThreeNodesLoadOnce() {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        List<CompletableFuture<Integer>> reads = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            reads.add(nodes.get(i % 3).read("hot", () -> {
                database.loads.incrementAndGet();
                return Uni.createFrom().completionStage(result);
            }));
        }
        await().until(() -> database.loads.get() > 0);
        result.complete(7);

        assertThat(reads)
                .allSatisfy(read ->
                        assertThat(read).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(7));
        assertThat(database.loads).hasValue(1);
    }

    @Test
    void whatOneNodeHasLoadedAnotherFindsInRedis() {
        assertThat(nodes.get(0).readNow("row")).isZero();
        await().until(() -> isStored("row"));

        assertThat(nodes.get(1).readNow("row")).isZero();
        assertThat(database.loads).hasValue(1);
        assertThat(nodes.get(1).caches().states().get(0).redisHits()).isEqualTo(1);
    }

    @Test
    void aWriteReachesAllNodes() {
        nodes.forEach(node -> assertThat(node.readNow("row")).isZero());

        assertThat(nodes.get(0).write("row").join()).isEqualTo(1);

        assertThat(nodes.get(0).readNow("row")).isEqualTo(1);
        await().until(() -> nodes.get(1).readNow("row") == 1 && nodes.get(2).readNow("row") == 1);
    }

    /** Of more than an event loop reads. */
    private record Note(String text) {

        static final Note LONG = new Note("a note ".repeat(20_000));
    }

    @Test
    void aViewIsReadFromItsBytesOnceOnEachNode() {
        CacheSpec<String, Note> spec = new CacheSpec<String, Note>(
                        "test",
                        key -> key,
                        Set::of,
                        note -> Set.of(),
                        () -> ApiException.notFound("note"),
                        Duration.ZERO)
                .ofViews();
        List<Supplier<Note>> readers = nodes.stream()
                .map(node -> node.caches().create(spec))
                .map(cache -> (Supplier<Note>) () -> view(cache))
                .toList();

        Note loaded = kept(readers.get(0));
        await().until(() -> isStored("note"));
        assertThat(kept(readers.get(1))).isEqualTo(loaded).isNotSameAs(loaded);

        nodes.get(0).caches().invalidate("note").await().indefinitely();
        assertThat(readers.get(0).get()).isEqualTo(loaded).isNotSameAs(loaded);
    }

    /** A node that has just begun to listen forgets what it has, once. */
    private static Note kept(Supplier<Note> reader) {
        AtomicReference<Note> kept = new AtomicReference<>();
        await().untilAsserted(() -> {
            kept.set(reader.get());
            assertThat(reader.get()).isSameAs(kept.get());
        });
        return kept.get();
    }

    private Note view(NamedCache<String, Note> cache) {
        return cache.view("note", Note.class, () -> database.read("note").map(version -> new Note(Note.LONG.text())))
                .await()
                .indefinitely()
                .view();
    }

    @Test
    void invalidatingEverythingReachesAllNodes() {
        nodes.forEach(node -> assertThat(node.readNow("row")).isZero());
        assertThat(database.write("row").await().indefinitely()).isEqualTo(1);

        nodes.get(0).caches().invalidateAll().await().indefinitely();

        assertThat(nodes.get(0).readNow("row")).isEqualTo(1);
        await().until(() -> nodes.get(1).readNow("row") == 1 && nodes.get(2).readNow("row") == 1);
    }

    @Test
    void whatAnotherVersionHasStoredIsNotRead() {
        assertThat(nodes.get(0).readNow("row")).isZero();
        await().until(() -> isStored("row"));
        assertThat(command(Command.HSET, "stagedoor:cache:entry:test:row", "value", "\u007fof a format to come"))
                .hasToString("0");

        assertThat(nodes.get(1).readNow("row")).isZero();
        assertThat(database.loads).hasValue(2);
    }

    @Test
    void whatIsInRedisCountsNoMoreWhenTheFenceIsLost() {
        assertThat(nodes.get(0).readNow("row")).isZero();
        await().until(() -> isStored("row"));
        assertThat(command(Command.DEL, "stagedoor:cache:fence")).hasToString("1");
        assertThat(database.write("row").await().indefinitely()).isEqualTo(1);

        assertThat(nodes.get(1).readNow("row")).isEqualTo(1);
    }

    @Test
    void aNodeThatDiesWhileItLoadsHoldsTheOthersNoLongerThanItsLease() {
        CacheNode dying = nodes.remove(2);
        CompletableFuture<Integer> lost =
                dying.read("row", () -> Uni.createFrom().nothing());
        await().until(() -> exists("stagedoor:cache:lease:test:row"));
        dying.close();

        assertThat(nodes.get(0).read("row"))
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo(0);
        assertThat(lost).isNotCompleted();
    }

    @Test
    void aFailureIsNotKeptAndFreesTheLease() {
        assertThat(nodes.get(0).read("row", () -> Uni.createFrom().failure(new IllegalStateException("refused"))))
                .failsWithin(Duration.ofSeconds(10));

        assertThat(nodes.get(1).readNow("row")).isZero();
        assertThat(nodes.get(0).readNow("row")).isZero();
    }

    @Test
    void aNodeThatStartsReadsTheMostReadKeysOfTheLastHour() {
        for (int i = 0; i < 20; i++) {
            for (int reads = 0; reads <= i; reads++) {
                assertThat(nodes.get(0).readNow("row" + i)).isZero();
            }
        }
        nodes.get(0).warming().count();
        nodes.get(0).warming().count();

        try (CacheNode fresh = new CacheNode(vertx, redis.url(), database, Map.of("stagedoor.cache.warm-keys", "10"))) {
            fresh.warming().start(null);

            await().untilAsserted(() -> assertThat(held(fresh))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(10, 20).mapToObj(i -> "row" + i).toList()));
        }
    }

    private static List<String> held(CacheNode node) {
        return IntStream.range(0, 20)
                .mapToObj(i -> "row" + i)
                .filter(key -> node.caches().entry("test:" + key).isPresent())
                .toList();
    }

    @Test
    void keysThatNoCacheKnowsAreNotRead() {
        assertThat(nodes.get(0).caches().warm("elsewhere:row").await().indefinitely())
                .isFalse();
        assertThat(nodes.get(0).caches().warm("test:row").await().indefinitely())
                .isTrue();
        assertThat(database.loads).hasValue(1);
    }

    @Test
    void aRedisThatIsSlowerThanTheLimitIsDoneWithout() {
        try (Forwarder slow = new Forwarder(redis.port())) {
            slow.open();
            slow.delay(Duration.ofMillis(200));
            String url = "redis://127.0.0.1:" + slow.port();
            try (CacheNode node = new CacheNode(vertx, url, database)) {
                assertThat(node.readNow("row")).isZero();
                assertThat(node.write("row").join()).isEqualTo(1);
                assertThat(node.readNow("row")).isEqualTo(1);
                assertThat(node.caches().isRedisUsable()).isFalse();

                slow.delay(Duration.ZERO);
                node.awaitRedis();
            }
        }
    }

    private boolean isStored(String key) {
        return exists("stagedoor:cache:entry:test:" + key);
    }

    private boolean exists(String key) {
        return command(Command.EXISTS, key).toInteger() == 1;
    }

    private Response command(Command command, String... arguments) {
        Redis client = Redis.createClient(vertx, redis.url());
        Request request = Request.cmd(command);
        for (String argument : arguments) {
            request.arg(argument);
        }
        return client.send(request)
                .onComplete(done -> client.close())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
