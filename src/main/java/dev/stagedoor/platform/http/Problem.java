package dev.stagedoor.platform.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of every error, as RFC 9457 defines it.
 *
 * @param type stable URI of the kind of error; clients branch on this
 * @param title the kind of error in words, the same for every occurrence
 * @param status the HTTP status of the response
 * @param detail what is wrong this time, for a person
 * @param requestId the value of the response's {@code X-Request-Id}
 * @param retryable whether the same request may succeed later; present where the status alone does not say
 * @param errors the fields that were refused; present for invalid input
 * @param current what the resource is now; present where an update was made against an older state
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "An error as RFC 9457 defines it")
public record Problem(
        @Schema(required = true, examples = "urn:stagedoor:problem:not-found")
        String type,

        @Schema(required = true, examples = "Not Found") String title,
        @Schema(required = true, examples = "404") int status,

        @Schema(required = true, examples = "No channel with this id")
        String detail,

        @Schema(examples = "0199b2d4-7c7e-7a52-9d0a-0f6f6d1a2b3c")
        String requestId,

        @Schema(examples = "false") Boolean retryable,
        List<FieldError> errors,

        @Schema(
                type = SchemaType.OBJECT,
                additionalProperties = Schema.True.class,
                description = "For 412: the representation that the resource has now")
        Object current) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:stagedoor:problem:";

    /** One refused field of a request. */
    @RegisterForReflection
    @Schema(name = "FieldError")
    public record FieldError(
            @Schema(required = true, examples = "username") String field,

            @Schema(required = true, examples = "must not be blank")
            String message) {}

    /** The URI of a kind of error, of its code in kebab case. */
    public static String type(String code) {
        return TYPE_PREFIX + code;
    }

    static Problem of(ApiException failure, String requestId) {
        return new Problem(
                type(failure.code()),
                failure.title(),
                failure.status(),
                failure.getMessage(),
                requestId,
                failure.retryable(),
                failure.errors().isEmpty() ? null : failure.errors(),
                failure.current());
    }
}
