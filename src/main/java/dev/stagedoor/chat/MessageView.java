package dev.stagedoor.chat;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
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
 * @param text empty where the message was deleted
 * @param clientId the id that the sender gave it, or null
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
        String clientId) {}
