package dev.stagedoor.livestream;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is absent stays as it is; in a new stream, chat is enabled, without slow mode, for everyone. */
record ChatSettingsRequest(
        Boolean enabled,

        @Schema(description = "How long one viewer waits between two messages") @Min(0) @Max(3600)
        Integer slowModeSeconds,

        Boolean membersOnly) {

    static final ChatSettingsView DEFAULTS = new ChatSettingsView(true, 0, false);

    /** These settings upon those. */
    ChatSettingsView over(ChatSettingsView settings) {
        return new ChatSettingsView(
                enabled == null ? settings.enabled() : enabled,
                slowModeSeconds == null ? settings.slowModeSeconds() : slowModeSeconds,
                membersOnly == null ? settings.membersOnly() : membersOnly);
    }
}
