package dev.stagedoor.chat.moderation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/** What moderators do. */
@RegisterForReflection
enum Action {
    @JsonProperty("role_changed")
    ROLE_CHANGED,
    @JsonProperty("muted")
    MUTED,
    @JsonProperty("unmuted")
    UNMUTED,
    @JsonProperty("banned")
    BANNED,
    @JsonProperty("unbanned")
    UNBANNED,
    @JsonProperty("removed")
    REMOVED,
    @JsonProperty("message_deleted")
    MESSAGE_DELETED,
    @JsonProperty("settings_changed")
    SETTINGS_CHANGED,
    @JsonProperty("report_dismissed")
    REPORT_DISMISSED,
    @JsonProperty("report_upheld")
    REPORT_UPHELD;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Action of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
