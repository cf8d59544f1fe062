package dev.stagedoor.wallet;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.platform.http.Created;
import dev.stagedoor.platform.http.IdempotencyKeys;
import dev.stagedoor.platform.http.Idempotent;
import dev.stagedoor.platform.http.Invalidates;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.wallet.api.WalletTags;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
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
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Tokens that are set aside for someone, who takes them, wholly or in part, or lets them go back. */
@Cancellable(false)
@Path("/api/v1/holds")
@Tag(name = "Wallet")
class HoldResource {

    private final HoldService service;
    private final Caller caller;

    HoldResource(HoldService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Scopes.WALLET_READ)
    @Operation(operationId = "listHolds", summary = "Holds that the caller pays or is paid, newest first")
    public Uni<Page<HoldView>> list(
            @RestQuery @DefaultValue("50") @Min(1) @Max(100) int limit, @RestQuery String cursor) {
        return service.list(caller.userId(), cursor, limit);
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Scopes.WALLET_READ)
    @Operation(operationId = "getHold", summary = "A hold that the caller pays or is paid")
    public Uni<HoldView> get(@RestPath UUID id) {
        return service.get(id, caller.userId());
    }

    @POST
    @RolesAllowed(Scopes.WALLET_WRITE)
    @Operation(
            operationId = "placeHold",
            summary = "Sets tokens of the caller aside for someone",
            description = "They go back by themselves after the time that is asked for.")
    @APIResponse(
            responseCode = "201",
            description = "The hold",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = HoldView.class)))
    public Uni<RestResponse<HoldView>> place(
            @RestHeader("Idempotency-Key") String idempotencyKey, @NotNull @Valid PlaceHoldRequest request) {
        UUID userId = caller.userId();
        return service.place(userId, request, IdempotencyKeys.required(userId.toString(), "place-hold", idempotencyKey))
                .map(outcome -> invalidating(
                        Created.at("/api/v1/holds/" + outcome.value().id(), outcome.value(), outcome.replayed())));
    }

    @POST
    @Path("{id}/capture")
    @RolesAllowed(Scopes.WALLET_WRITE)
    @Operation(
            operationId = "captureHold",
            summary = "As who is paid, takes the tokens of a hold, or some of them; the others go back")
    public Uni<RestResponse<HoldView>> capture(
            @RestPath UUID id,
            @RestHeader("Idempotency-Key") String idempotencyKey,
            @NotNull @Valid CaptureRequest request) {
        UUID userId = caller.userId();
        return service.capture(
                        id,
                        userId,
                        request,
                        IdempotencyKeys.required(userId.toString(), "capture-hold:" + id, idempotencyKey))
                .map(outcome -> invalidating(Idempotent.ok(outcome)));
    }

    @POST
    @Path("{id}/release")
    @RolesAllowed(Scopes.WALLET_WRITE)
    @Operation(operationId = "releaseHold", summary = "As who would be paid, lets the tokens of a hold go back")
    public Uni<RestResponse<HoldView>> release(
            @RestPath UUID id, @RestHeader("Idempotency-Key") String idempotencyKey) {
        UUID userId = caller.userId();
        return service.release(
                        id, userId, IdempotencyKeys.required(userId.toString(), "release-hold:" + id, idempotencyKey))
                .map(outcome -> invalidating(Idempotent.ok(outcome)));
    }

    private RestResponse<HoldView> invalidating(RestResponse<HoldView> answer) {
        return Invalidates.keys(answer, List.of(WalletTags.walletOf(caller.userId())));
    }
}
