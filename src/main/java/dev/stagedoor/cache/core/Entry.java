package dev.stagedoor.cache.core;

/** What the first level holds under a key. Times are in nanoseconds of the core's clock. */
final class Entry<V> {

    final Region region;
    final Stored<V> stored;

    /** The fence's clock before the load, or before the second level was asked. */
    final long notedAt;

    /** When that was: the last moment at which this node asked for the entry elsewhere. */
    final long fetchedAt;

    final long expiresAt;

    /** Approximate: increments may be lost, which a count of popularity bears. */
    private int hits;

    private int counted;

    /** Until when its source, found away, is not asked again. */
    private volatile long pausedUntil;

    Entry(Region region, Stored<V> stored, long notedAt, long fetchedAt, long now) {
        this.region = region;
        this.stored = stored;
        this.notedAt = notedAt;
        this.fetchedAt = fetchedAt;
        this.expiresAt = now - stored.age() + stored.ttl();
        this.pausedUntil = now;
    }

    void hit() {
        hits++;
    }

    int hits() {
        return hits;
    }

    /** The hits since this was last asked. */
    int takeUncounted() {
        int uncounted = hits - counted;
        counted = hits;
        return uncounted;
    }

    void pause(long until) {
        pausedUntil = until;
    }

    boolean isPaused(long now) {
        return pausedUntil - now > 0;
    }

    boolean standsBy(Fence fence) {
        return fence.standsSince(notedAt, stored.tags().slots());
    }
}
