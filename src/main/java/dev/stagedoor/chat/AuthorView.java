package dev.stagedoor.chat;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The author of a message. */
@RegisterForReflection
@Schema(name = "Author")
public record AuthorView(
        @Schema(required = true) UUID id,
        @Schema(required = true, examples = "ada") String username,
        @Schema(required = true, examples = "Ada Lovelace") String displayName) {}
