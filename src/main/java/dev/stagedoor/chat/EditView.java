package dev.stagedoor.chat;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a message said before, and until when. */
@RegisterForReflection
@Schema(name = "MessageEdit")
public record EditView(
        @Schema(required = true, examples = "0") int version,

        @Schema(required = true, examples = "Five minutes to places!")
        String text,

        @Schema(required = true) Instant replacedAt) {}
