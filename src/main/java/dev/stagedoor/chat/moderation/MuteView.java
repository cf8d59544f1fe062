package dev.stagedoor.chat.moderation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** That a member reads, and does not write, until then. */
@RegisterForReflection
@Schema(name = "Mute")
record MuteView(
        @Schema(required = true) UUID channelId,
        @Schema(required = true) UUID userId,
        @Schema(required = true) Instant until,
        @Schema(required = true, examples = "Shouting") String reason) {}
