package dev.stagedoor.wallet;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.platform.http.Created;
import dev.stagedoor.platform.http.IdempotencyKeys;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Tokens that an admin issues. */
@Cancellable(false)
@Path("/api/v1/admin/grants")
@Tag(name = "Wallet")
class GrantResource {

    private final WalletService service;
    private final Caller caller;

    GrantResource(WalletService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @POST
    @RolesAllowed(Scopes.TOKENS_ISSUE)
    @Operation(operationId = "grantTokens", summary = "Issues tokens to a user; for admins")
    @APIResponse(
            responseCode = "201",
            description = "The grant",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = GrantView.class)))
    public Uni<RestResponse<GrantView>> grant(
            @RestHeader("Idempotency-Key") String idempotencyKey, @NotNull @Valid GrantRequest request) {
        return service.grant(
                        request, IdempotencyKeys.required(caller.userId().toString(), "grant-tokens", idempotencyKey))
                .map(outcome -> Created.at("/api/v1/wallet/entries", outcome.value(), outcome.replayed()));
    }
}
