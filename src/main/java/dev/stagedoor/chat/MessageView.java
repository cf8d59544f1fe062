package dev.stagedoor.chat;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A message.
 *
 * @param seq its position in the channel: 1, 2, 3 … without gaps
 * @param text empty where the message was deleted, or has attachments alone
 * @param clientId the id that the sender gave it, or null
 * @param mentions ids of the members that its text names, as {@code @username}
 * @param version how often it was edited or deleted
 * @param replyTo of the first message of its thread; null where it is no reply
 * @param replyCount of those that are not deleted
 * @param editedAt null where it says what it always said; so are the times of what did not happen
 */
@RegisterForReflection
@Schema(name = "Message")
@Type("Message")
public record MessageView(
        @Schema(required = true) @Id @NonNull UUID id,
        @Schema(required = true) @Id @NonNull UUID channelId,
        @Schema(required = true, examples = "42") long seq,

        @Schema(required = true, examples = "Five minutes to places!") @NonNull
        String text,

        @Schema(required = true) @NonNull Instant sentAt,
        @Schema(required = true) @Ignore AuthorView author,

        @Schema(required = true, nullable = true, examples = "c-1")
        String clientId,

        @Schema(required = true) @Ignore List<UUID> mentions,
        @Schema(required = true) @NonNull List<@NonNull Attachment> attachments,
        @Schema(required = true) @NonNull List<@NonNull ReactionView> reactions,
        @Schema(required = true, examples = "0") int version,

        @Schema(required = true, nullable = true, examples = "40")
        Long replyTo,

        @Schema(required = true, examples = "0") int replyCount,
        @Schema(required = true, nullable = true) Instant editedAt,
        @Schema(required = true, nullable = true) Instant deletedAt,
        @Schema(required = true, nullable = true) Instant pinnedAt) {}
