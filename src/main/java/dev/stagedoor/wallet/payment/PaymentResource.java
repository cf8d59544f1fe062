package dev.stagedoor.wallet.payment;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Created;
import dev.stagedoor.platform.http.Idempotency.Outcome;
import dev.stagedoor.platform.http.IdempotencyKeys;
import dev.stagedoor.platform.http.Invalidates;
import dev.stagedoor.platform.http.Page;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The caller's payments. */
@Cancellable(false)
@Path("/api/v1/payments")
@Tag(name = "Payments")
class PaymentResource {

    private final PaymentService service;
    private final Caller caller;

    PaymentResource(PaymentService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @POST
    @RolesAllowed(Scopes.PAYMENTS_WRITE)
    @Operation(
            operationId = "createPayment",
            summary = "Asks to buy tokens, or to cash them out",
            description =
                    "Where the provider does not answer, the payment stands, has awaitingProvider, and the provider"
                            + " is asked again. The same Idempotency-Key gives the same payment, as it is then.")
    @APIResponse(
            responseCode = "201",
            description = "The new payment",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = PaymentView.class)))
    public Uni<RestResponse<PaymentView>> create(
            @Parameter(required = true) @RestHeader("Idempotency-Key") String idempotencyKey,
            @NotNull @Valid CreatePaymentRequest request) {
        UUID userId = caller.userId();
        return service.create(
                        userId, request, IdempotencyKeys.required(userId.toString(), "create-payment", idempotencyKey))
                .map(PaymentResource::created);
    }

    private static RestResponse<PaymentView> created(Outcome<PaymentView> outcome) {
        PaymentView view = outcome.value();
        return Invalidates.keys(
                Created.at("/api/v1/payments/" + view.id(), view, outcome.replayed()), PaymentTags.ofChanged(view));
    }

    @GET
    @RolesAllowed(Scopes.PAYMENTS_READ)
    @Operation(operationId = "listPayments", summary = "The caller's payments, newest first")
    public Uni<Page<PaymentView>> list(
            @Parameter(schema = @Schema(implementation = PaymentStatus.class)) @RestQuery String status,
            @RestQuery @DefaultValue("50") @Min(1) @Max(100) int limit,
            @RestQuery String cursor) {
        return service.list(caller.userId(), status(status), cursor, limit);
    }

    /** Null where all are asked for. */
    static PaymentStatus status(String asked) {
        return asked == null
                ? null
                : PaymentStatus.find(asked).orElseThrow(() -> ApiException.invalid("status", "is no status"));
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Scopes.PAYMENTS_READ)
    @Operation(operationId = "getPayment", summary = "A payment of the caller")
    public Uni<PaymentView> get(@RestPath UUID id) {
        return service.get(caller.userId(), id);
    }

    @POST
    @Path("{id}/cancel")
    @RolesAllowed(Scopes.PAYMENTS_WRITE)
    @Operation(
            operationId = "cancelPayment",
            summary = "Takes back a payment that nobody has paid; doing so again changes nothing")
    public Uni<RestResponse<PaymentView>> cancel(@RestPath UUID id) {
        return service.cancel(caller.userId(), id)
                .map(view -> Invalidates.keys(RestResponse.ok(view), PaymentTags.ofChanged(view)));
    }
}
