package dev.stagedoor.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.support.Database;
import dev.stagedoor.support.EmbeddedServices;
import dev.stagedoor.support.RedisProcess;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three nodes over a real Redis and the rows of a real PostgreSQL, all read and written at the same time. */
class RealRowsTest {

    private static final int OPERATIONS = 1_000_000;
    private static final int THREADS = 32;
    private static final int KEYS = 50;
    private static final double WRITES = 0.01;

    private final Vertx vertx = Vertx.vertx();
    private final RedisProcess redis = new RedisProcess();
    private final PostgresRows rows = new PostgresRows(vertx);
    private final List<CacheNode> nodes = new ArrayList<>();
    private final LongAdder written = new LongAdder();

    private static final class PostgresRows implements CacheNode.Rows {

        final LongAdder loads = new LongAdder();
        private final Pool pool;

        PostgresRows(Vertx vertx) {
            Database.change("CREATE SCHEMA cache_test");
            Database.change("CREATE TABLE cache_test.row (key text PRIMARY KEY, version integer NOT NULL)");
            Database.change("INSERT INTO cache_test.row SELECT number, 0 FROM generate_series(1, " + KEYS + ") number");
            pool = PgBuilder.pool()
                    .connectingTo(EmbeddedServices.servers().databaseUrl().replaceFirst("\\?.*", ""))
                    .with(new PoolOptions().setMaxSize(8))
                    .using(vertx)
                    .build();
        }

        @Override
        public Uni<Integer> read(String key) {
            loads.increment();
            return version("SELECT version FROM cache_test.row WHERE key = $1", key);
        }

        @Override
        public Uni<Integer> write(String key) {
            return version("UPDATE cache_test.row SET version = version + 1 WHERE key = $1 RETURNING version", key);
        }

        private Uni<Integer> version(String sql, String key) {
            return Uni.createFrom().completionStage(() -> {
                Future<RowSet<Row>> found = pool.preparedQuery(sql).execute(Tuple.of(key));
                return found.map(all -> all.iterator().next().getInteger(0)).toCompletionStage();
            });
        }

        void close() {
            pool.close().toCompletionStage().toCompletableFuture().join();
            Database.change("DROP SCHEMA cache_test CASCADE");
        }
    }

    @BeforeEach
    void start() {
        for (int i = 0; i < 3; i++) {
            nodes.add(new CacheNode(vertx, redis.url(), rows));
        }
        nodes.forEach(CacheNode::awaitRedis);
    }

    @AfterEach
    void stop() {
        nodes.forEach(CacheNode::close);
        redis.close();
        rows.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void noNodeReadsWhatIsOlderThanAWriteItHasAcknowledgedAndAllEndUpWithTheLast()
            throws ExecutionException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<java.util.concurrent.Future<?>> running = IntStream.range(0, THREADS)
                .<java.util.concurrent.Future<?>>mapToObj(i -> threads.submit(this::work))
                .toList();
        for (java.util.concurrent.Future<?> thread : running) {
            thread.get();
        }
        threads.shutdown();

        assertThat(nodes).allSatisfy(node -> assertThat(node.staleReads()).isZero());
        assertThat(rows.loads.sum())
                .as("loads")
                .isGreaterThan(written.sum() / 2)
                .isLessThan(OPERATIONS / 4);
        assertThat(Database.query("SELECT sum(version) FROM cache_test.row"))
                .as("writes")
                .containsExactly(Long.toString(written.sum()));
        List<Integer> last = Database.query("SELECT version FROM cache_test.row ORDER BY key::integer").stream()
                .map(Integer::valueOf)
                .toList();
        nodes.forEach(node -> await().until(() -> all(node).equals(last)));
    }

    private static List<Integer> all(CacheNode node) {
        return IntStream.rangeClosed(1, KEYS)
                .map(key -> node.readNow(Integer.toString(key)))
                .boxed()
                .toList();
    }

    private void work() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < OPERATIONS / THREADS; i++) {
            CacheNode node = nodes.get(random.nextInt(nodes.size()));
            String key = Integer.toString(1 + random.nextInt(KEYS));
            if (random.nextDouble() < WRITES) {
                node.write(key).join();
                written.increment();
            } else {
                // A node counts itself what is stale.
                int unused = node.readNow(key);
            }
        }
    }
}
