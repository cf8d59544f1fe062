package dev.stagedoor.platform.graphql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagedoor.platform.graphql.GraphqlService.Answer;
import dev.stagedoor.platform.http.ApiException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** GraphQL over HTTP. */
@Cancellable(false)
@Path("/graphql")
@Tag(name = "GraphQL")
@PermitAll
class GraphqlResource {

    private static final TypeReference<Map<String, Object>> JSON_OBJECT = new TypeReference<>() {};
    private static final String NOT_KEPT = "no-store";

    /** As long as the same by REST. */
    private static final String KEPT_BY_ALL = "public, max-age=0, s-maxage=10, stale-while-revalidate=20";

    private final GraphqlService service;
    private final CurrentIdentityAssociation identities;
    private final ObjectMapper mapper;

    GraphqlResource(GraphqlService service, CurrentIdentityAssociation identities, ObjectMapper mapper) {
        this.service = service;
        this.identities = identities;
        this.mapper = mapper;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "postQuery", summary = "Answers a GraphQL query")
    public Uni<RestResponse<GraphqlAnswer>> post(@NotNull GraphqlRequest request) {
        return identify().chain(caller -> service.answer(request)).map(answer -> respond(answer, NOT_KEPT));
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "getQuery",
            summary = "The same, in an address: caches may keep the answer",
            description = "Automatic persisted queries make such addresses short: 'extensions' with"
                    + " {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"…\"}} stand in for 'query'.")
    public Uni<RestResponse<GraphqlAnswer>> get(
            @RestQuery String query,
            @RestQuery String operationName,
            @Parameter(description = "A JSON object") @RestQuery String variables,
            @Parameter(description = "A JSON object") @RestQuery String extensions) {
        GraphqlRequest request = new GraphqlRequest(
                query, operationName, object("variables", variables), object("extensions", extensions));
        return identify()
                .chain(caller -> service.answer(request)
                        .map(answer -> respond(answer, caller.isAnonymous() ? KEPT_BY_ALL : null)));
    }

    /** Before any field asks: a credential that is not valid fails the request, and not its fields. */
    private Uni<SecurityIdentity> identify() {
        return identities.getDeferredIdentity().invoke(identities::setIdentity);
    }

    private Map<String, Object> object(String parameter, String json) {
        if (json == null || json.isEmpty()) {
            return null;
        }
        try {
            return mapper.readValue(json, JSON_OBJECT);
        } catch (JsonProcessingException e) {
            throw ApiException.invalid(parameter, "must be a JSON object");
        }
    }

    private static RestResponse<GraphqlAnswer> respond(Answer answer, String cacheControl) {
        RestResponse.ResponseBuilder<GraphqlAnswer> response =
                RestResponse.ResponseBuilder.create(answer.isExecuted() ? 200 : 400);
        String control = answer.isComplete() ? cacheControl : NOT_KEPT;
        if (control != null) {
            response.header("Cache-Control", control);
        }
        return response.entity(answer.body()).build();
    }
}
