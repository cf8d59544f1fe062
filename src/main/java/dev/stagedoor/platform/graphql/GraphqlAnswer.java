package dev.stagedoor.platform.graphql;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a query gives.
 *
 * @param errors null where there are none
 * @param data null where the query was refused as a whole; empty where a failure left nothing of it
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"errors", "data"})
@Schema(name = "GraphqlAnswer")
record GraphqlAnswer(
        @Schema(description = "Absent where there are none; each has a stable 'extensions.code'")
        List<Map<String, Object>> errors,

        @Schema(
                type = SchemaType.OBJECT,
                nullable = true,
                additionalProperties = Schema.True.class,
                description = "Absent where the query was refused as a whole")
        Optional<Object> data) {

    static GraphqlAnswer of(List<Map<String, Object>> errors, boolean isExecuted, Object data) {
        return new GraphqlAnswer(errors.isEmpty() ? null : errors, isExecuted ? Optional.ofNullable(data) : null);
    }
}
