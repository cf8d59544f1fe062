package dev.stagedoor.availability;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who takes part now; {@code sessionKey} changes their answer, and is shown nowhere else. */
@RegisterForReflection
@Schema(name = "JoinedGroupEvent")
record JoinedEventView(
        @Schema(required = true) UUID id,
        @Schema(required = true, examples = "Ada") String name,

        @Schema(required = true, examples = "9tT0kHc6b1dTtY3n1Zl0Jw")
        String sessionKey) {

    JoinedEventView withKey(String key) {
        return new JoinedEventView(id, name, key);
    }
}
