package dev.stagedoor.livestream;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Someone who owns a stream or takes part in one. */
@RegisterForReflection
@Schema(name = "Person")
public record PersonView(
        @Schema(required = true) UUID id,
        @Schema(required = true, examples = "ada") String username,
        @Schema(required = true, examples = "Ada Lovelace") String displayName,
        @Schema(required = true, nullable = true) String imageUrl) {

    /** Accounts have no images. */
    public static PersonView withoutImage(UUID id, String username, String displayName) {
        return new PersonView(id, username, displayName, null);
    }
}
