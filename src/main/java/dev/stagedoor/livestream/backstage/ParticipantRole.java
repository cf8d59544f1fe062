package dev.stagedoor.livestream.backstage;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/** What someone takes part as. */
@RegisterForReflection
public enum ParticipantRole {
    /** Starts and ends the stream, and manages everyone. */
    @JsonProperty("host")
    HOST,
    @JsonProperty("guest")
    GUEST,
    /** Manages everyone but hosts. */
    @JsonProperty("moderator")
    MODERATOR;

    /** The form in the database and in JSON. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ParticipantRole of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
