package dev.stagedoor.cache.core;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long entries of a region live: jittered, longer where they are read often, refreshed early where they are hot. */
public final class Lifetime {

    private static final double MIN_STRETCH = 0.5;
    private static final double MAX_STRETCH = 4;

    /** Reads of an entry within one TTL from which on it lives longer, and up to which it lives shorter. */
    private static final int OFTEN = 16;

    private static final int SELDOM = 1;

    /** An entry lives at least this part of its time: entries of one moment then do not expire in one moment. */
    private static final double JITTER = 0.1;

    /** Early refreshes stay in the last part of a life, so that a slow load costs no more than some extra loads. */
    private static final double EARLY_FROM = 0.95;

    private static final long MAX_ABSENT_NANOS = Duration.ofSeconds(10).toNanos();

    private final long ttl;
    private final DoubleSupplier random;

    /** @param random evenly from 0 (included) to 1 */
    public Lifetime(Duration ttl, DoubleSupplier random) {
        this.ttl = ttl.toNanos();
        this.random = random;
    }

    public Duration ttl() {
        return Duration.ofNanos(ttl);
    }

    /** The stretch of an entry that follows one which was read {@code hits} times within {@code lived} nanoseconds. */
    double stretchAfter(double stretch, int hits, long lived) {
        double hitsPerTtl = hits / Math.max(1.0, (double) lived / ttl);
        if (hitsPerTtl >= OFTEN) {
            return Math.min(MAX_STRETCH, stretch * 2);
        }
        return hitsPerTtl <= SELDOM ? Math.max(MIN_STRETCH, stretch / 2) : stretch;
    }

    /** Nanoseconds that a new entry lives. */
    long of(double stretch, boolean absent) {
        double jittered = ttl * stretch * (1 - JITTER * random.getAsDouble());
        return absent ? Math.min(MAX_ABSENT_NANOS, (long) jittered) : (long) jittered;
    }

    /** How long an expired entry is still served while it is loaded anew. */
    long stale(Stored<?> stored) {
        return stored.value() == null ? 0 : stored.ttl();
    }

    /**
     * Whether this read is the one that refreshes an entry before it expires: the probability grows towards the expiry,
     * the sooner the longer its load took (Vattani, Chierichetti, Lowenstein: Optimal Probabilistic Cache Stampede
     * Prevention, VLDB 2015).
     */
    boolean isDueEarly(Stored<?> stored, long untilExpiry) {
        if (untilExpiry > stored.ttl() * (1 - EARLY_FROM)) {
            return false;
        }
        return -Math.log(1 - random.getAsDouble()) * stored.loadTime() >= untilExpiry;
    }
}
