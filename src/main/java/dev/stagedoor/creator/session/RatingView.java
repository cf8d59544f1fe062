package dev.stagedoor.creator.session;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What someone thought of a session. */
@RegisterForReflection
@Schema(name = "Rating")
@Type("Rating")
public record RatingView(
        @Schema(required = true) @Ignore UUID sessionId,
        @Schema(required = true) @Ignore UUID creatorId,
        @Schema(required = true) @Ignore UUID userId,

        @Schema(required = true, examples = "5") int stars,
        @Schema(required = true) @NonNull String text,
        @Schema(required = true) @NonNull Instant createdAt,
        @Schema(required = true) @NonNull Instant updatedAt,
        @Schema(required = true, examples = "0") int version) {

    RatingView replaced(RateSessionRequest request, Instant now) {
        return new RatingView(
                sessionId, creatorId, userId, request.stars(), request.text(), createdAt, now, version + 1);
    }
}
