package dev.stagedoor.platform.graphql;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A query, as GraphQL over HTTP sends it.
 *
 * @param query may be null where {@code extensions} name a persisted one
 * @param operationName which of several operations is meant, or null
 * @param variables may be null
 * @param extensions may be null
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "GraphqlRequest")
record GraphqlRequest(
        @Schema(examples = "{ streams(live: true) { data { title } } }")
        String query,

        String operationName,

        @Schema(additionalProperties = Schema.True.class) Map<String, Object> variables,

        @Schema(additionalProperties = Schema.True.class) Map<String, Object> extensions) {

    GraphqlRequest withQuery(String text) {
        return new GraphqlRequest(text, operationName, variables, extensions);
    }
}
