package dev.stagedoor.chat;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** That someone is in a channel. */
@RegisterForReflection
@Schema(name = "Membership")
public record MembershipView(
        @Schema(required = true) UUID channelId,
        @Schema(required = true) UUID userId,

        @Schema(
                required = true,
                examples = "member",
                enumeration = {"owner", "moderator", "member"})
        String role,

        @Schema(required = true) Instant joinedAt) {}
