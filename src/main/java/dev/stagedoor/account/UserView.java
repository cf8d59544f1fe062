package dev.stagedoor.account;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What everyone who is signed in may know of a user. */
@RegisterForReflection
@Schema(name = "User")
public record UserView(
        @Schema(required = true, examples = "0199b2d4-7c7e-7a52-9d0a-0f6f6d1a2b3c")
        UUID id,

        @Schema(required = true, examples = "ada") String username,
        @Schema(required = true, examples = "Ada Lovelace") String displayName,
        @Schema(required = true) UserRole role,
        @Schema(required = true) Instant createdAt) {

    static UserView of(User user) {
        return new UserView(user.id, user.username, user.displayName, UserRole.of(user.role), user.createdAt);
    }
}
