package dev.stagedoor.chat.moderation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something that a moderator did.
 *
 * @param userId to whom, or null
 * @param seq of the message that it was about, or null
 * @param details what else there is to know, by names of fields of the request
 */
@RegisterForReflection
@Schema(name = "ModerationAct")
record ActView(
        @Schema(required = true) UUID id,
        @Schema(required = true) UUID actorId,
        @Schema(required = true) Action action,
        @Schema(required = true, nullable = true) UUID userId,
        @Schema(required = true, nullable = true) Long seq,
        @Schema(required = true, examples = "Spam") String reason,
        @Schema(required = true) Map<String, Object> details,
        @Schema(required = true) Instant actedAt) {}
