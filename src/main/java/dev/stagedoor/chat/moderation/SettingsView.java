package dev.stagedoor.chat.moderation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What holds for all plain members of a channel; its words for everyone.
 *
 * @param slowModeSeconds between two messages of a member; 0 where there is no slow mode
 * @param blockedWords in lower case
 * @param retentionDays that messages are kept; null for ever
 */
@RegisterForReflection
@Schema(name = "ModerationSettings")
record SettingsView(
        @Schema(required = true, examples = "10") int slowModeSeconds,
        @Schema(required = true, examples = "[\"spoiler\"]") List<String> blockedWords,

        @Schema(required = true, nullable = true, examples = "90")
        Integer retentionDays) {}
