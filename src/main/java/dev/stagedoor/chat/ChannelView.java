package dev.stagedoor.chat;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A channel.
 *
 * @param name null for a direct channel, and for that of a stream
 * @param streamId whose chat it is; null for any other channel
 * @param lastMessage null while there is none
 * @param firstSeq of the first message that is kept; none before it is to be had
 * @param lastSeq of the last message, 0 before the first
 * @param lastChange number of the last change, from which on to sync what is read now
 * @param role what the reader is in it; null, as all that follows, for who is not a member
 * @param readSeq of the last message that the reader has read
 * @param unread messages that follow it
 * @param mentions of these, those that mention the reader
 * @param muted whether clients should keep silent about new messages
 * @param pinned whether it comes before others in the reader's list
 */
@RegisterForReflection
@Schema(name = "Channel")
@Type("Channel")
public record ChannelView(
        @Schema(required = true) @Id @NonNull UUID id,

        @Schema(required = true, nullable = true, examples = "stagedoor/green-room")
        String name,

        @Schema(required = true, examples = "Where guests wait") @NonNull
        String description,

        @Schema(required = true) @NonNull Visibility visibility,
        @Schema(required = true, nullable = true) @Id UUID streamId,
        @Schema(required = true, examples = "14") int memberCount,
        @Schema(required = true, nullable = true) MessageView lastMessage,
        @Schema(required = true) @NonNull Instant createdAt,
        @Schema(required = true, examples = "1") long firstSeq,
        @Schema(required = true, examples = "42") long lastSeq,
        @Schema(required = true, examples = "57") long lastChange,

        @Schema(required = true, nullable = true, examples = "owner")
        String role,

        @Schema(required = true, nullable = true, examples = "41")
        Long readSeq,

        @Schema(required = true, nullable = true, examples = "1")
        Long unread,

        @Schema(required = true, nullable = true, examples = "0")
        Long mentions,

        @Schema(required = true, nullable = true) Boolean muted,
        @Schema(required = true, nullable = true) Boolean pinned) {
    ChannelView withRole(String other) {
        return new ChannelView(
                id,
                name,
                description,
                visibility,
                streamId,
                memberCount,
                lastMessage,
                createdAt,
                firstSeq,
                lastSeq,
                lastChange,
                other,
                readSeq,
                unread,
                mentions,
                muted,
                pinned);
    }
}
