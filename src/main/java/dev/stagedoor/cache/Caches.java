package dev.stagedoor.cache;

import dev.stagedoor.cache.core.CacheCore;
import dev.stagedoor.cache.core.CacheCore.Limits;
import dev.stagedoor.cache.core.CacheCore.Surroundings;
import dev.stagedoor.cache.core.Lifetime;
import dev.stagedoor.cache.core.Region;
import dev.stagedoor.cache.core.Tags;
import dev.stagedoor.platform.context.EventLoops;
import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.context.Workers;
import dev.stagedoor.platform.db.DatabaseFailures;
import dev.stagedoor.platform.http.EntityTags;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The named caches of this process, and how writes reach into all of them on every node. */
@ApplicationScoped
// Caffeine finds the classes for what its builder was told by their names.
@RegisterForReflection(
        classNames = {"com.github.benmanes.caffeine.cache.SSLMW", "com.github.benmanes.caffeine.cache.PSMW"})
public class Caches {

    private final CacheConfig config;
    private final Vertx vertx;
    private final Workers workers;
    private final EntityTags entityTags;
    private final MeterRegistry registry;
    private final RedisSubscription subscription;
    private final RedisSecondLevel second;
    private final CacheCore<CachedBody> core;
    private final Map<String, Region> regions = new ConcurrentHashMap<>();
    private final List<NamedCache<?, ?>> caches = new CopyOnWriteArrayList<>();
    private final LongAdder invalidations = new LongAdder();

    Caches(
            CacheConfig config,
            @ConfigProperty(name = "stagedoor.redis.url") String redisUrl,
            Vertx vertx,
            Workers workers,
            Ids ids,
            EntityTags entityTags,
            MeterRegistry registry) {
        this.config = config;
        this.vertx = vertx;
        this.workers = workers;
        this.entityTags = entityTags;
        this.registry = registry;
        this.subscription = new RedisSubscription(
                vertx, ids.next().toString(), redisUrl, config.redisTimeout(), System::nanoTime, new Invalidations());
        this.second = new RedisSecondLevel(vertx, redisUrl, config.redisTimeout(), config.hardLimit(), subscription);
        this.core = new CacheCore<>(
                second,
                new Limits(
                        config.maxSize().asLongValue(),
                        config.loadTimeout(),
                        config.hardLimit(),
                        config.staleIfError()),
                new Surroundings<>(System::nanoTime, this::later, CachedBody::bytes, DatabaseFailures::isUnavailable));
    }

    private void later(Runnable task, Duration after) {
        vertx.setTimer(Math.max(1, after.toMillis()), timer -> task.run());
    }

    private final class Invalidations implements RedisSubscription.Listener {

        @Override
        public void touched(int[] slots) {
            core.touchedElsewhere(slots);
        }

        @Override
        public void missedSome() {
            core.missedSome();
        }
    }

    void start(@Observes StartupEvent event) {
        CacheMeters.register(registry, this);
        second.start();
        subscription.start(second.connection()::post);
    }

    void stop(@Observes ShutdownEvent event) {
        subscription.stop();
        second.stop();
    }

    /** Makes the cache; its TTL comes from the settings. */
    public <K, V> NamedCache<K, V> create(CacheSpec<K, V> spec) {
        Region region = regions.computeIfAbsent(spec.name(), this::region);
        NamedCache<K, V> cache = new NamedCache<>(spec, region, core, entityTags, vertx, workers, config.enabled());
        caches.add(cache);
        return cache;
    }

    /** Reads a key as if it were asked for; emits whether a cache knows how to. */
    Uni<Boolean> warm(String key) {
        return caches.stream()
                .map(cache -> cache.warm(key))
                .flatMap(Optional::stream)
                .findFirst()
                .map(warmed -> warmed.replaceWith(true))
                .orElseGet(() -> Uni.createFrom().item(false));
    }

    private Region region(String name) {
        Long millis = config.ttl().get(name);
        if (millis == null || millis <= 0) {
            throw new IllegalArgumentException("stagedoor.cache.ttl." + name + " must be milliseconds above 0");
        }
        Lifetime lifetime = new Lifetime(
                Duration.ofMillis(millis), () -> ThreadLocalRandom.current().nextDouble());
        Region region = new Region(name, lifetime);
        CacheMeters.register(registry, region);
        return region;
    }

    /**
     * Invalidates every entry with one of these tags, on all nodes. Call it after the commit and answer after it: from
     * then on nobody here reads what was before. It does not fail, and takes no longer than Redis may.
     */
    public Uni<Void> invalidate(String... tags) {
        return invalidate(List.of(tags));
    }

    /** As {@link #invalidate(String...)}. */
    public Uni<Void> invalidate(Collection<String> tags) {
        invalidations.increment();
        return EventLoops.backToCaller(Uni.createFrom().completionStage(() -> core.invalidate(Tags.of(tags))));
    }

    /**
     * To plug into a write: invalidates these tags once it is committed, and also where nobody knows whether it is, since
     * PostgreSQL went away.
     */
    public <T> Function<Uni<T>, Uni<T>> invalidating(String... tags) {
        return invalidating(List.of(tags));
    }

    /** As {@link #invalidating(String...)}. */
    public <T> Function<Uni<T>, Uni<T>> invalidating(Collection<String> tags) {
        return write -> write.onFailure(DatabaseFailures::isUnavailable)
                .call(() -> invalidate(tags))
                .call(() -> invalidate(tags));
    }

    /** Invalidates every entry of every cache, as {@link #invalidate(String...)} does some. */
    public Uni<Void> invalidateAll() {
        invalidations.increment();
        return EventLoops.backToCaller(Uni.createFrom().completionStage(core::invalidateAll));
    }

    /** What every cache of this process does, by name. */
    public List<CacheState> states() {
        return regions.values().stream()
                .sorted(Comparator.comparing(Region::name))
                .map(region -> CacheState.of(region.name(), region.lifetime().ttl(), region.counts()))
                .toList();
    }

    /** What this process holds under a key such as {@code users:<id>}, if anything. */
    public Optional<EntryState> entry(String key) {
        return core.inspect(key).map(EntryState::of);
    }

    /** Whether entries are shared with other nodes now. */
    public boolean isRedisUsable() {
        return second.isUsable();
    }

    /** How often this process has invalidated something. */
    public long invalidations() {
        return invalidations.sum();
    }

    RedisSecondLevel second() {
        return second;
    }

    CacheCore<CachedBody> core() {
        return core;
    }
}
