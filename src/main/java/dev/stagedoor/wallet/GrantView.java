package dev.stagedoor.wallet;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Tokens issued to a user. */
@RegisterForReflection
@Schema(name = "Grant")
record GrantView(
        @Schema(required = true) UUID id,
        @Schema(required = true) UUID userId,

        @Schema(required = true, description = "Tokens", examples = "1000")
        long amount,

        @Schema(required = true) Instant createdAt) {}
