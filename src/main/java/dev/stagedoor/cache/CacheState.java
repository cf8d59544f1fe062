package dev.stagedoor.cache;

import dev.stagedoor.cache.core.Region.Counts;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What one named cache did since its process started.
 *
 * @param ttlMillis before jitter and stretch
 * @param memoryHits reads served by this process
 * @param redisHits reads served by Redis
 * @param misses reads that had to wait for a load
 * @param hitRate hits of all reads; 0 where there were none
 * @param loads of PostgreSQL, those behind an answer among them
 * @param averageLoadMillis 0 where there was none
 * @param staleReads reads that were served an expired entry while it was loaded anew, or because that failed
 * @param earlyRefreshes entries that were loaded anew before they expired
 * @param evictions entries that were taken away to make room
 * @param invalidated entries that were found invalidated when they were asked for
 * @param bytes that its entries take now
 */
@RegisterForReflection
@Schema(name = "CacheState")
public record CacheState(
        @Schema(required = true, examples = "users") String name,
        @Schema(required = true) long ttlMillis,
        @Schema(required = true) long memoryHits,
        @Schema(required = true) long redisHits,
        @Schema(required = true) long misses,
        @Schema(required = true) double hitRate,
        @Schema(required = true) long loads,
        @Schema(required = true) long failedLoads,
        @Schema(required = true) double averageLoadMillis,
        @Schema(required = true) long staleReads,
        @Schema(required = true) long earlyRefreshes,
        @Schema(required = true) long evictions,
        @Schema(required = true) long invalidated,
        @Schema(required = true) long bytes) {

    static CacheState of(String name, Duration ttl, Counts counts) {
        long hits = counts.firstLevelHits() + counts.secondLevelHits();
        long loads = counts.loads();
        return new CacheState(
                name,
                ttl.toMillis(),
                counts.firstLevelHits(),
                counts.secondLevelHits(),
                counts.misses(),
                hits == 0 ? 0 : (double) hits / (hits + counts.misses()),
                loads,
                counts.failedLoads(),
                loads == 0 ? 0 : (double) counts.loadNanos() / loads / TimeUnit.MILLISECONDS.toNanos(1),
                counts.staleReads(),
                counts.earlyRefreshes(),
                counts.evictions(),
                counts.invalidated(),
                counts.bytes());
    }
}
