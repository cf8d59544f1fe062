package dev.stagedoor.cache.core;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** One named cache within the core: how long its entries live, and what became of its reads. */
public final class Region {

    /** Of a region that has loaded nothing yet. */
    private static final long FIRST_LEASE = Duration.ofSeconds(1).toNanos();

    private static final long SHORTEST_LEASE = Duration.ofMillis(200).toNanos();

    /** How much longer than others a load may take before another node tries too. */
    private static final int PATIENCE = 10;

    private final String name;
    private final Lifetime lifetime;

    final LongAdder firstLevelHits = new LongAdder();
    final LongAdder secondLevelHits = new LongAdder();
    final LongAdder misses = new LongAdder();
    final LongAdder loads = new LongAdder();
    final LongAdder failedLoads = new LongAdder();
    final LongAdder loadNanos = new LongAdder();
    final LongAdder staleReads = new LongAdder();
    final LongAdder earlyRefreshes = new LongAdder();
    final LongAdder invalidated = new LongAdder();
    final LongAdder evictions = new LongAdder();
    final LongAdder bytes = new LongAdder();

    public Region(String name, Lifetime lifetime) {
        this.name = name;
        this.lifetime = lifetime;
    }

    public String name() {
        return name;
    }

    public Lifetime lifetime() {
        return lifetime;
    }

    /** Nanoseconds: well above what loads take, and yet no long wait for what a node that died was loading. */
    long lease(Duration longest) {
        long loaded = loads.sum();
        long lease = loaded == 0 ? FIRST_LEASE : Math.max(SHORTEST_LEASE, PATIENCE * loadNanos.sum() / loaded);
        return Math.min(longest.toNanos(), lease);
    }

    /**
     * Counts since the start.
     *
     * @param staleReads reads that were served an expired entry while it was loaded anew, or because that failed
     * @param invalidated entries that were found invalidated when they were asked for
     * @param bytes that the first level holds now
     */
    public record Counts(
            long firstLevelHits,
            long secondLevelHits,
            long misses,
            long loads,
            long failedLoads,
            long loadNanos,
            long staleReads,
            long earlyRefreshes,
            long invalidated,
            long evictions,
            long bytes) {}

    public Counts counts() {
        return new Counts(
                firstLevelHits.sum(),
                secondLevelHits.sum(),
                misses.sum(),
                loads.sum(),
                failedLoads.sum(),
                loadNanos.sum(),
                staleReads.sum(),
                earlyRefreshes.sum(),
                invalidated.sum(),
                evictions.sum(),
                bytes.sum());
    }
}
