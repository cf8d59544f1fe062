package dev.stagedoor.cache;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** Settings of the cache. */
@ConfigMapping(prefix = "stagedoor.cache")
interface CacheConfig {

    /** Whether anything is cached; without it, every read is PostgreSQL's. */
    @WithDefault("true")
    boolean enabled();

    /** How much of the heap all entries of this process may take together. */
    @WithDefault("32M")
    MemorySize maxSize();

    /** Milliseconds that an entry of each cache lives; from half to four times as long, by how often it is read. */
    Map<String, Long> ttl();

    /** How long Redis may take before requests go on without it. */
    @WithDefault("50ms")
    Duration redisTimeout();

    /** How long an entry is served while this process may miss invalidations, cut off from Redis. */
    @WithDefault("5s")
    Duration hardLimit();

    /** After which a load counts as hung. */
    @WithDefault("5s")
    Duration loadTimeout();

    /** How many of the keys that were read most in the last hour are read anew after a start. */
    @WithDefault("500")
    int warmKeys();

    /** How long after its expiry an entry is served while PostgreSQL is away. */
    @WithDefault("10m")
    Duration staleIfError();
}
