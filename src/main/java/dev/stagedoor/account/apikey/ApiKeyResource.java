package dev.stagedoor.account.apikey;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.platform.http.Created;
import dev.stagedoor.platform.http.IdempotencyKeys;
import dev.stagedoor.platform.http.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The caller's API keys; only for who signed in, never for a key itself. */
@Cancellable(false)
@Path("/api/v1/api-keys")
@Tag(name = "API keys")
@RolesAllowed(Scopes.KEYS_WRITE)
class ApiKeyResource {

    private final ApiKeyService service;
    private final Caller caller;

    ApiKeyResource(ApiKeyService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @POST
    @Operation(operationId = "createApiKey", summary = "Makes a key; it is shown in this answer alone")
    @APIResponse(
            responseCode = "201",
            description = "The new key",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ApiKeyView.class)))
    public Uni<RestResponse<ApiKeyView>> create(
            @RestHeader("Idempotency-Key") String idempotencyKey, @NotNull @Valid CreateApiKeyRequest request) {
        UUID userId = caller.userId();
        return service.create(
                        userId,
                        caller.scopes(),
                        request,
                        IdempotencyKeys.of(userId.toString(), "create-api-key", idempotencyKey))
                .map(outcome ->
                        Created.at("/api/v1/api-keys/" + outcome.value().id(), outcome.value(), outcome.replayed()));
    }

    @GET
    @Operation(operationId = "listApiKeys", summary = "The caller's keys, newest first")
    public Uni<Page<ApiKeyView>> list() {
        return service.list(caller.userId()).map(keys -> new Page<>(keys, null));
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "deleteApiKey", summary = "Deletes a key; it is refused from now on")
    @APIResponse(responseCode = "204", description = "Deleted")
    public Uni<Void> delete(@RestPath UUID id) {
        return service.delete(id, caller.userId());
    }
}
