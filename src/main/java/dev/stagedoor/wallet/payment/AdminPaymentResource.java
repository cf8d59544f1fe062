package dev.stagedoor.wallet.payment;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.platform.http.IdempotencyKeys;
import dev.stagedoor.platform.http.Idempotent;
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
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The payments of everyone, for admins. */
@Cancellable(false)
@Path("/api/v1/admin/payments")
@Tag(name = "Payments")
@RolesAllowed(Scopes.PAYMENTS_MANAGE)
class AdminPaymentResource {

    private final AdminPaymentService service;
    private final Caller caller;

    AdminPaymentResource(AdminPaymentService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "listAllPayments", summary = "Everyone's payments, newest first")
    public Uni<Page<PaymentView>> list(
            @Parameter(schema = @Schema(implementation = PaymentStatus.class)) @RestQuery String status,
            @RestQuery @DefaultValue("50") @Min(1) @Max(100) int limit,
            @RestQuery String cursor) {
        return service.list(PaymentResource.status(status), cursor, limit);
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getAnyPayment", summary = "A payment of anyone")
    public Uni<PaymentView> get(@RestPath UUID id) {
        return service.get(id);
    }

    @POST
    @Path("{id}/process")
    @Operation(
            operationId = "processPayment",
            summary = "Says of a manual payment that the money is on its way: its user cannot take it back any more")
    public Uni<RestResponse<PaymentView>> process(@RestPath UUID id) {
        return service.process(id).map(AdminPaymentResource::changed);
    }

    @POST
    @Path("{id}/succeed")
    @Operation(operationId = "succeedPayment", summary = "Says of a manual payment that the money has arrived")
    public Uni<RestResponse<PaymentView>> succeed(@RestPath UUID id) {
        return service.succeed(id).map(AdminPaymentResource::changed);
    }

    @POST
    @Path("{id}/fail")
    @Operation(operationId = "failPayment", summary = "Says of a manual payment that no money has moved, nor will")
    public Uni<RestResponse<PaymentView>> fail(@RestPath UUID id) {
        return service.fail(id).map(AdminPaymentResource::changed);
    }

    @POST
    @Path("{id}/refund")
    @Operation(
            operationId = "refundPayment",
            summary = "Takes tokens of a purchase back and returns their money",
            description = "The tokens are taken at once; they come back should the provider refuse. What the user has"
                    + " spent already is in uncoveredTokens.")
    public Uni<RestResponse<PaymentView>> refund(
            @RestPath UUID id,
            @Parameter(required = true) @RestHeader("Idempotency-Key") String idempotencyKey,
            @NotNull @Valid RefundPaymentRequest request) {
        return service.refund(
                        id,
                        request.tokens(),
                        IdempotencyKeys.required(caller.userId().toString(), "refund-payment", idempotencyKey))
                .map(outcome -> Invalidates.keys(Idempotent.ok(outcome), PaymentTags.ofChanged(outcome.value())));
    }

    private static RestResponse<PaymentView> changed(PaymentView view) {
        return Invalidates.keys(RestResponse.ok(view), PaymentTags.ofChanged(view));
    }
}
