package dev.stagedoor.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/** Who may find and join a channel. */
@RegisterForReflection
public enum Visibility {
    /** Anyone who is signed in. */
    @JsonProperty("public")
    PUBLIC,
    /** Who an owner adds. */
    @JsonProperty("private")
    PRIVATE,
    /** Two people, and nobody else ever. */
    @JsonProperty("direct")
    DIRECT,
    /** Who watches a stream, through which it is entered; it is in no list of channels. */
    @JsonProperty("stream")
    STREAM;

    /** The form in the database and in JSON. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Visibility of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
