package dev.stagedoor.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.context.Workers;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.EntityTags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Reads and writes of 100,000 keys, popular after Zipf's law with the exponent 0.9, through the caches of three nodes. A
 * checker knows what each node has acknowledged, and counts the reads that were older.
 */
public final class MixedLoad {

    private static final int NODES = 3;
    private static final int KEYS = 100_000;
    private static final double EXPONENT = 0.9;
    private static final double WRITES = 0.05;
    private static final int THREADS = 6;
    private static final int WARM_UP = 100_000;
    private static final int OPERATIONS = 100_000;
    private static final int DELAYS = 2000;

    private static final Settings SETTINGS = new Settings(
            true,
            new MemorySize(BigInteger.valueOf(32 << 20)),
            Map.of("mix", Duration.ofMinutes(10).toMillis()),
            Duration.ofMillis(50),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            0,
            Duration.ofMinutes(10));

    /** About a profile. */
    private static final String FILLER = "x".repeat(200);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicIntegerArray database = new AtomicIntegerArray(KEYS);
    private final double[] popularity = popularity();
    private final List<Node> nodes = new ArrayList<>();
    private final LongAdder reads = new LongAdder();
    private final LongAdder stale = new LongAdder();

    private MixedLoad(String redisUrl) {
        for (int i = 0; i < NODES; i++) {
            nodes.add(new Node(redisUrl));
        }
    }

    /** Those of an installation, but for the TTL. */
    private record Settings(
            boolean enabled,
            MemorySize maxSize,
            Map<String, Long> ttl,
            Duration redisTimeout,
            Duration hardLimit,
            Duration loadTimeout,
            int warmKeys,
            Duration staleIfError)
            implements CacheConfig {}

    /**
     * What came of it.
     *
     * @param hitRate reads of all that no load was waited for
     * @param delayP99Millis from the acknowledgement of a write to its being seen on another node
     */
    public record Result(
            double hitRate, double staleReads, double reads, double delayP50Millis, double delayP99Millis) {}

    /** Fills the caches, then measures. */
    public static Result run(String redisUrl) {
        MixedLoad load = new MixedLoad(redisUrl);
        try {
            return load.measure();
        } finally {
            load.nodes.forEach(node -> node.caches.stop(null));
            load.vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private Result measure() {
        // Mutiny sets itself up at its first use, which two threads may not do at once.
        nodes.forEach(node -> node.read(0));
        inThreads(WARM_UP);
        long missesBefore = misses();
        long readsBefore = reads.sum();
        long staleBefore = stale.sum();
        inThreads(OPERATIONS);
        long read = reads.sum() - readsBefore;
        double[] delays = delays();
        return new Result(
                1 - (double) (misses() - missesBefore) / read,
                stale.sum() - staleBefore,
                read,
                delays[DELAYS / 2],
                delays[DELAYS * 99 / 100]);
    }

    private long misses() {
        return nodes.stream()
                .flatMap(node -> node.caches.states().stream())
                .mapToLong(CacheState::misses)
                .sum();
    }

    /** Each thread does as many operations, on a node of its own. */
    private void inThreads(int operations) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            threads.add(new Thread(() -> work(nodes.get(number % NODES), operations, new Random(number))));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            join(thread);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void work(Node node, int operations, Random random) {
        for (int i = 0; i < operations; i++) {
            int key = zipf(random);
            if (random.nextDouble() < WRITES) {
                node.write(key);
            } else {
                int promised = node.acknowledged.get(key);
                reads.increment();
                stale.add(node.read(key) < promised ? 1 : 0);
            }
        }
    }

    private int zipf(Random random) {
        int found = Arrays.binarySearch(popularity, random.nextDouble() * popularity[KEYS - 1]);
        return found < 0 ? -found - 1 : found;
    }

    /** Cumulative. */
    private static double[] popularity() {
        double[] sums = new double[KEYS];
        double sum = 0;
        for (int rank = 0; rank < KEYS; rank++) {
            sum += 1 / Math.pow(rank + 1, EXPONENT);
            sums[rank] = sum;
        }
        return sums;
    }

    /** Milliseconds, ascending. */
    private double[] delays() {
        double[] delays = new double[DELAYS];
        for (int i = 0; i < DELAYS; i++) {
            int key = i % KEYS;
            Node writer = nodes.get(i % NODES);
            Node reader = nodes.get((i + 1) % NODES);
            reader.read(key);
            int written = writer.write(key);
            long acknowledged = System.nanoTime();
            while (reader.read(key) < written) {
                Thread.onSpinWait();
            }
            delays[i] = (System.nanoTime() - acknowledged) / 1e6;
        }
        Arrays.sort(delays);
        return delays;
    }

    private final class Node {

        private final Caches caches;
        private final NamedCache<Integer, String> cache;
        private final AtomicIntegerArray acknowledged = new AtomicIntegerArray(KEYS);

        Node(String redisUrl) {
            EntityTags entityTags = new EntityTags(new ObjectMapper());
            caches = new Caches(
                    SETTINGS, redisUrl, vertx, new Workers(), new Ids(), entityTags, new SimpleMeterRegistry());
            cache = caches.create(new CacheSpec<>(
                    "mix",
                    key -> Integer.toString(key),
                    key -> Set.of("row:" + key),
                    value -> Set.of(),
                    () -> ApiException.notFound("row"),
                    Duration.ZERO));
            caches.start(null);
            while (!caches.isRedisUsable()) {
                Thread.onSpinWait();
            }
        }

        int read(int key) {
            String json = cache.get(key, () -> Uni.createFrom().item(() -> database.get(key) + " " + FILLER))
                    .map(cached -> new String(cached.body().json(), UTF_8))
                    .await()
                    .indefinitely();
            return Integer.parseInt(json.substring(1, json.indexOf(' ')));
        }

        int write(int key) {
            int version = database.incrementAndGet(key);
            caches.invalidate("row:" + key).await().indefinitely();
            acknowledged.accumulateAndGet(key, version, Math::max);
            return version;
        }
    }
}
