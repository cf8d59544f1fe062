package dev.stagedoor.wallet;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.platform.http.Created;
import dev.stagedoor.platform.http.IdempotencyKeys;
import dev.stagedoor.platform.http.Invalidates;
import dev.stagedoor.wallet.api.WalletTags;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Tips for creators. */
@Cancellable(false)
@Path("/api/v1/tips")
@Tag(name = "Wallet")
class TipResource {

    private final WalletService service;
    private final Caller caller;

    TipResource(WalletService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @POST
    @RolesAllowed(Scopes.WALLET_WRITE)
    @Operation(operationId = "tip", summary = "Gives tokens of the caller to a creator")
    @APIResponse(
            responseCode = "201",
            description = "The tip",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = TipView.class)))
    public Uni<RestResponse<TipView>> tip(
            @RestHeader("Idempotency-Key") String idempotencyKey, @NotNull @Valid TipRequest request) {
        UUID userId = caller.userId();
        return service.tip(userId, request, IdempotencyKeys.required(userId.toString(), "tip", idempotencyKey))
                .map(outcome -> Invalidates.keys(
                        Created.at("/api/v1/wallet/entries", outcome.value(), outcome.replayed()),
                        List.of(WalletTags.walletOf(userId))));
    }
}
