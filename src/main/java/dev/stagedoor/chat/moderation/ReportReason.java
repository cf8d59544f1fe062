package dev.stagedoor.chat.moderation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/** Why someone reports a message. */
@RegisterForReflection
enum ReportReason {
    @JsonProperty("spam")
    SPAM,
    @JsonProperty("abuse")
    ABUSE,
    @JsonProperty("illegal")
    ILLEGAL,
    @JsonProperty("other")
    OTHER;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ReportReason of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
