package dev.stagedoor.creator;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A stretch of time, without its end. */
@RegisterForReflection
@Schema(name = "Slot")
@Type("Slot")
public record Slot(
        @Schema(required = true) @NonNull Instant start,
        @Schema(required = true) @NonNull Instant end) {

    boolean overlaps(Slot other) {
        return start.isBefore(other.end) && other.start.isBefore(end);
    }
}
