package dev.stagedoor.chat.moderation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * That someone is not in a channel, and does not come back until then.
 *
 * @param until null for good
 */
@RegisterForReflection
@Schema(name = "Ban")
record BanView(
        @Schema(required = true) UUID channelId,
        @Schema(required = true) UUID userId,
        @Schema(required = true, nullable = true) Instant until,
        @Schema(required = true, examples = "Spam") String reason,
        @Schema(required = true) Instant bannedAt) {}
