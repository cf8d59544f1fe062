package dev.stagedoor.cache.core;

/**
 * A value with what both levels need to know of it.
 *
 * @param value null where the loader knew none
 * @param age nanoseconds since it was loaded, on whichever node
 * @param ttl nanoseconds from the load to the expiry
 * @param loadTime nanoseconds that the load took
 * @param stretch how much longer than its cache's TTL it lives, for how often it is read
 */
public record Stored<V>(V value, Tags tags, long age, long ttl, long loadTime, double stretch) {}
