package dev.stagedoor.chat;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What someone has not read, over all channels.
 *
 * @param unread messages
 * @param mentions of these, those that mention the reader
 * @param channels that have any
 */
@RegisterForReflection
@Schema(name = "Unread")
public record UnreadView(
        @Schema(required = true, examples = "12") long unread,
        @Schema(required = true, examples = "1") long mentions,
        @Schema(required = true, examples = "3") int channels) {}
