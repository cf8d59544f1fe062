package dev.stagedoor.chat.moderation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stagedoor.platform.http.ApiException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;
import java.util.stream.Stream;

/** What became of a report. */
@RegisterForReflection
enum ReportStatus {
    @JsonProperty("open")
    OPEN,
    @JsonProperty("dismissed")
    DISMISSED,
    @JsonProperty("upheld")
    UPHELD;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ReportStatus of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** Fails with 400 for what is none. */
    static ReportStatus asked(String text) {
        return Stream.of(values())
                .filter(status -> status.wireName().equals(text))
                .findAny()
                .orElseThrow(() -> ApiException.invalid("status", "must be open, dismissed or upheld"));
    }
}
