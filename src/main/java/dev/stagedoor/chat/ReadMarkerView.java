package dev.stagedoor.chat;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How far someone has read in a channel.
 *
 * @param unread messages that follow
 * @param mentions of these, those that mention the reader
 */
@RegisterForReflection
@Schema(name = "ReadMarker")
public record ReadMarkerView(
        @Schema(required = true) UUID channelId,
        @Schema(required = true) UUID userId,
        @Schema(required = true, examples = "41") long readSeq,
        @Schema(required = true, examples = "42") long lastSeq,
        @Schema(required = true, examples = "1") long unread,
        @Schema(required = true, examples = "0") long mentions) {}
