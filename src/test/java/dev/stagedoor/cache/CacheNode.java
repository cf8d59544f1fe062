package dev.stagedoor.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.context.Workers;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.EntityTags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** One node over a database that it shares with others, whose rows are versions. */
final class CacheNode implements AutoCloseable {

    private static final String CACHE = "test";

    static {
        // Outside of Quarkus, Mutiny sets itself up at its first use, which two threads may not do at once.
        Uni.createFrom()
                .completionStage(CompletableFuture.completedStage(0))
                .chain(zero -> Uni.createFrom().item(zero))
                .subscribeAsCompletionStage()
                .join();
    }

    private final Rows database;
    private final Caches caches;
    private final NamedCache<String, Integer> cache;
    private final Warming warming;
    private final Map<String, AtomicInteger> acknowledged = new ConcurrentHashMap<>();
    private final AtomicLong stale = new AtomicLong();

    /** The one truth. */
    interface Rows {

        Uni<Integer> read(String key);

        /** Emits the new version. */
        Uni<Integer> write(String key);
    }

    /** In memory, to be looked into. */
    static final class Database implements Rows {

        final Map<String, AtomicInteger> rows = new ConcurrentHashMap<>();
        final AtomicLong loads = new AtomicLong();

        @Override
        public Uni<Integer> read(String key) {
            return Uni.createFrom().item(() -> {
                loads.incrementAndGet();
                return row(key).get();
            });
        }

        @Override
        public Uni<Integer> write(String key) {
            return Uni.createFrom().item(() -> row(key).incrementAndGet());
        }

        private AtomicInteger row(String key) {
            return rows.computeIfAbsent(key, absent -> new AtomicInteger());
        }
    }

    CacheNode(Vertx vertx, String redisUrl, Rows database) {
        this(vertx, redisUrl, database, Map.of());
    }

    CacheNode(Vertx vertx, String redisUrl, Rows database, Map<String, String> settings) {
        this.database = database;
        CacheConfig config = config(settings);
        this.caches = new Caches(
                config,
                redisUrl,
                vertx,
                new Workers(),
                new Ids(),
                new EntityTags(new ObjectMapper()),
                new SimpleMeterRegistry());
        this.cache = caches.create(new CacheSpec<>(
                CACHE,
                key -> key,
                key -> Set.of(key),
                value -> Set.of(),
                () -> ApiException.notFound("row"),
                Duration.ZERO));
        cache.warmedBy(key -> key, database::read);
        this.warming = new Warming(caches, config, vertx, Clock.systemUTC());
        caches.start(null);
    }

    private static CacheConfig config(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("stagedoor.cache.ttl." + CACHE, "60000"));
        all.putAll(settings);
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(CacheConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .addDiscoveredConverters()
                .build();
        return config.getConfigMapping(CacheConfig.class);
    }

    Caches caches() {
        return caches;
    }

    Warming warming() {
        return warming;
    }

    /** How often a read was older than what this node had acknowledged before it began. */
    long staleReads() {
        return stale.get();
    }

    void awaitRedis() {
        await().until(caches::isRedisUsable);
    }

    CompletableFuture<Integer> read(String key) {
        return read(key, () -> database.read(key));
    }

    CompletableFuture<Integer> read(String key, Supplier<Uni<Integer>> loader) {
        AtomicInteger floor = acknowledged.computeIfAbsent(key, absent -> new AtomicInteger());
        int promised = floor.get();
        return cache.get(key, loader)
                .map(cached -> Integer.parseInt(new String(cached.body().json(), UTF_8)))
                .invoke(version -> count(version < promised))
                .subscribeAsCompletionStage();
    }

    private void count(boolean isStale) {
        if (isStale) {
            stale.incrementAndGet();
        }
    }

    int readNow(String key) {
        return read(key).join();
    }

    /** Writes and invalidates; the version is acknowledged when it completes. */
    CompletableFuture<Integer> write(String key) {
        AtomicInteger floor = acknowledged.computeIfAbsent(key, absent -> new AtomicInteger());
        return database.write(key)
                .call(version -> caches.invalidate(key))
                .invoke(version -> floor.accumulateAndGet(version, Math::max))
                .subscribeAsCompletionStage();
    }

    @Override
    public void close() {
        caches.stop(null);
    }
}
