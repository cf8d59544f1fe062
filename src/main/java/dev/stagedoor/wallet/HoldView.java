package dev.stagedoor.wallet;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Tokens that are set aside for someone. */
@RegisterForReflection
@Schema(name = "Hold")
record HoldView(
        @Schema(required = true) UUID id,
        @Schema(required = true) UUID payerId,
        @Schema(required = true) UUID payeeId,

        @Schema(required = true, description = "Tokens", examples = "100")
        long amount,

        @Schema(required = true, description = "What of them was paid", examples = "0")
        long captured,

        @Schema(
                required = true,
                enumeration = {"held", "captured", "released", "expired"})
        String status,

        @Schema(
                required = true,
                nullable = true,
                description = "When they go back by themselves; null for those of a booked session")
        Instant expiresAt,

        @Schema(required = true) Instant createdAt) {

    static HoldView held(UUID id, UUID payerId, UUID payeeId, long amount, Instant expiresAt, Instant now) {
        return new HoldView(id, payerId, payeeId, amount, 0, "held", expiresAt, now);
    }

    /** As it is once some of its tokens were paid, or none, and the others given back. */
    HoldView settled(long paid) {
        String now = paid > 0 ? "captured" : "released";
        return new HoldView(id, payerId, payeeId, amount, paid, now, expiresAt, createdAt);
    }

    boolean isOf(UUID userId) {
        return payerId.equals(userId) || payeeId.equals(userId);
    }

    boolean isHeld() {
        return status.equals("held");
    }
}
