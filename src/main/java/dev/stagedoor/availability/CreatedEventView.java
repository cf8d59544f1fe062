package dev.stagedoor.availability;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A new event.
 *
 * @param token the secret part of the link, for everyone who is asked
 * @param organizerKey what changes the event; shown nowhere else
 */
@RegisterForReflection
@Schema(name = "CreatedGroupEvent")
record CreatedEventView(
        @Schema(required = true) UUID id,

        @Schema(required = true, examples = "kq3-7vQ0Z8yq1m0f3cJkVg")
        String token,

        @Schema(required = true, examples = "5h1nYxXl0uC9sWb2kQ7mGg")
        String organizerKey,

        @Schema(required = true, examples = "Read-through") String title,
        @Schema(required = true) Instant createdAt) {

    static CreatedEventView of(GroupEvent event) {
        return new CreatedEventView(
                event.id(), event.token(), null, event.settings().title(), event.createdAt());
    }

    CreatedEventView withKey(String key) {
        return new CreatedEventView(id, token, key, title, createdAt);
    }
}
