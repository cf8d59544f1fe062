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
 * @param name null for a direct channel
 * @param lastMessage null while there is none
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
        @Schema(required = true, examples = "14") int memberCount,
        @Schema(required = true, nullable = true) MessageView lastMessage,
        @Schema(required = true) @NonNull Instant createdAt) {}
