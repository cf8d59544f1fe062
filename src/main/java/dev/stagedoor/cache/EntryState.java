package dev.stagedoor.cache;

import dev.stagedoor.cache.core.CacheCore.Inspection;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What this process holds under one key.
 *
 * @param ttlMillis from its load to its expiry
 * @param tags those that follow from the key; what the value depends on besides is kept as numbers alone
 * @param hits in this process, about
 * @param invalidated whether it is only waiting to be replaced
 */
@RegisterForReflection
@Schema(name = "CacheEntryState")
public record EntryState(
        @Schema(required = true, examples = "users") String cache,
        @Schema(required = true) long ageMillis,
        @Schema(required = true) long ttlMillis,
        @Schema(required = true) List<String> tags,
        @Schema(required = true) int hits,
        @Schema(required = true) int bytes,
        @Schema(required = true) boolean invalidated) {

    static EntryState of(Inspection inspection) {
        return new EntryState(
                inspection.cache(),
                inspection.age().toMillis(),
                inspection.ttl().toMillis(),
                inspection.tags(),
                inspection.hits(),
                inspection.bytes(),
                inspection.isInvalidated());
    }
}
