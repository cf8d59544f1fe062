package dev.stagedoor.cache;

import dev.stagedoor.cache.core.Region;
import dev.stagedoor.cache.core.Region.Counts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** The caches as Prometheus metrics. */
final class CacheMeters {

    private final MeterRegistry registry;
    private final Region region;

    private CacheMeters(MeterRegistry registry, Region region) {
        this.registry = registry;
        this.region = region;
    }

    static void register(MeterRegistry registry, Caches caches) {
        Gauge.builder("cache_redis_usable", caches, all -> all.isRedisUsable() ? 1 : 0)
                .description("1 while entries are shared with other nodes")
                .register(registry);
        FunctionCounter.builder("cache_invalidations", caches, Caches::invalidations)
                .description("Writes that invalidated entries")
                .register(registry);
    }

    static void register(MeterRegistry registry, Region region) {
        CacheMeters meters = new CacheMeters(registry, region);
        meters.counter("cache_hits", "Reads served from a level", Counts::firstLevelHits, "level", "memory");
        meters.counter("cache_hits", "Reads served from a level", Counts::secondLevelHits, "level", "redis");
        meters.counter("cache_misses", "Reads that had to wait for a load", Counts::misses);
        meters.counter("cache_load_failures", "Loads that failed", Counts::failedLoads);
        meters.counter("cache_stale_reads", "Reads served an expired entry", Counts::staleReads);
        meters.counter("cache_early_refreshes", "Entries loaded anew before they expired", Counts::earlyRefreshes);
        meters.counter("cache_evictions", "Entries that were evicted to make room", Counts::evictions);
        meters.counter("cache_invalidated", "Entries that were found invalidated", Counts::invalidated);
        meters.bytes();
        meters.loads();
    }

    private Tags tags(String... more) {
        return Tags.of("cache", region.name()).and(more);
    }

    private void counter(String name, String description, ToLongFunction<Counts> count, String... more) {
        FunctionCounter.builder(name, region, counted -> count.applyAsLong(counted.counts()))
                .description(description)
                .tags(tags(more))
                .register(registry);
    }

    private void bytes() {
        Gauge.builder("cache_size_bytes", region, counted -> counted.counts().bytes())
                .description("Memory that entries take")
                .tags(tags())
                .register(registry);
    }

    private void loads() {
        FunctionTimer.builder(
                        "cache_load_duration",
                        region,
                        counted -> counted.counts().loads(),
                        counted -> counted.counts().loadNanos(),
                        TimeUnit.NANOSECONDS)
                .description("Loads, and how long they took")
                .tags(tags())
                .register(registry);
    }
}
