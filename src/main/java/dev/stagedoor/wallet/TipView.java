package dev.stagedoor.wallet;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Tokens given to a creator. */
@RegisterForReflection
@Schema(name = "Tip")
record TipView(
        @Schema(required = true) UUID id,
        @Schema(required = true) UUID userId,
        @Schema(required = true) UUID creatorId,

        @Schema(required = true, description = "Tokens", examples = "25")
        long amount,

        @Schema(required = true) Instant createdAt) {}
