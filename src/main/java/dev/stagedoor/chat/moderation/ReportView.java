package dev.stagedoor.chat.moderation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * That someone finds a message out of place.
 *
 * @param text what the message said when it was reported
 * @param resolverId null while it is open, as is {@code resolvedAt}
 */
@RegisterForReflection
@Schema(name = "MessageReport")
record ReportView(
        @Schema(required = true) UUID id,
        @Schema(required = true) UUID channelId,
        @Schema(required = true, examples = "42") long seq,
        @Schema(required = true) UUID authorId,
        @Schema(required = true) UUID reporterId,
        @Schema(required = true) ReportReason reason,

        @Schema(required = true, examples = "The third time today")
        String note,

        @Schema(required = true, examples = "BUY NOW") String text,
        @Schema(required = true) ReportStatus status,
        @Schema(required = true, nullable = true) UUID resolverId,
        @Schema(required = true, nullable = true) Instant resolvedAt) {}
