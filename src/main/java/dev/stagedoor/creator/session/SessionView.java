package dev.stagedoor.creator.session;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Booked time with a creator, as both see it. */
@RegisterForReflection
@Schema(name = "Session")
@Type("Session")
public record SessionView(
        @Schema(required = true) @Id @NonNull UUID id,
        @Schema(required = true) @Ignore UUID creatorId,
        @Schema(required = true) @Ignore UUID userId,

        @Schema(
                required = true,
                enumeration = {"hold", "confirmed", "in_progress", "completed", "cancelled", "expired", "no_show"})
        @Ignore
        String status,

        @Schema(required = true) @Name("startTime") @NonNull Instant startsAt,
        @Schema(required = true) @Name("endTime") @NonNull Instant endsAt,

        @Schema(required = true, description = "Tokens, held until it is settled", examples = "100")
        long priceTokens,

        @Schema(required = true, nullable = true, description = "Until when a hold is to be confirmed; else null")
        Instant holdExpiresAt,

        @Schema(required = true, description = "Until when who has booked it gets everything back") @NonNull
        Instant refundableUntil,

        @Schema(required = true) @NonNull Instant createdAt,
        @Schema(required = true, examples = "0") int version) {

    @JsonIgnore
    boolean isCompleted() {
        return status.equals(SessionStatus.COMPLETED.wireName());
    }
}
