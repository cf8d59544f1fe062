package dev.stagedoor.monitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stagedoor.cache.CacheState;
import dev.stagedoor.cache.EntryState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How this process is doing.
 *
 * @param entry what it holds under the key that was asked for; absent where that is nothing
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Monitor")
record MonitorView(@Schema(required = true) CachesView cache, EntryState entry) {

    /**
     * All named caches.
     *
     * @param redisUsable whether entries are shared with other nodes now
     * @param invalidations writes that invalidated entries
     */
    @RegisterForReflection
    @Schema(name = "CachesState")
    record CachesView(
            @Schema(required = true) boolean redisUsable,
            @Schema(required = true) long invalidations,
            @Schema(required = true) List<CacheState> caches) {}
}
