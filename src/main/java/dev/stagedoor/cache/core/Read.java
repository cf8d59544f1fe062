package dev.stagedoor.cache.core;

/**
 * A value as it was served.
 *
 * @param value null where there is none
 * @param untilExpiry nanoseconds; negative where it is served stale
 */
public record Read<V>(V value, Source source, long untilExpiry) {

    /** Where a value came from. */
    public enum Source {
        FIRST_LEVEL,
        SECOND_LEVEL,
        LOADER,
        /** The loader, of a cache that keeps nothing. */
        BYPASS
    }

    public boolean isStale() {
        return untilExpiry < 0;
    }
}
