package dev.stagedoor.chat;

import dev.stagedoor.platform.http.PlainText;
import dev.stagedoor.platform.http.WebAddress;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A file that lies elsewhere.
 *
 * @param type a media type (RFC 6838)
 * @param size in bytes
 */
@RegisterForReflection
@Schema(name = "Attachment")
@Type("Attachment")
public record Attachment(
        @Schema(required = true, examples = "poster.png") @NonNull @NotNull @PlainText(max = 255)
        String name,

        @Schema(required = true, examples = "image/png")
        @NonNull
        @NotNull
        @Pattern(
                regexp = "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}",
                message = "must be a media type")
        String type,

        @Schema(required = true, examples = "48213") @Min(0) @Max(1L << 40)
        long size,

        @Schema(required = true, examples = "https://cdn.example.org/poster.png") @NonNull @NotNull @WebAddress
        String url) {}
