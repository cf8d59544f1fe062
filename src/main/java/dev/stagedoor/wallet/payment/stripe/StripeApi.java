package dev.stagedoor.wallet.payment.stripe;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * The part of Stripe's API that we use. Amounts are in minor units. An idempotency key lets Stripe answer a repeated call
 * as it did the first, for 24 hours at least.
 */
@RegisterRestClient(configKey = "stripe")
@ClientHeaderParam(name = "Stripe-Version", value = StripeApi.VERSION)
interface StripeApi {

    /** Of its objects and their fields. */
    String VERSION = "2025-03-31.basil";

    String AUTHORIZATION = "Authorization";
    String IDEMPOTENCY_KEY = "Idempotency-Key";

    @POST
    @Path("/v1/payment_intents")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    Uni<StripeObject> createPaymentIntent(
            @RestHeader(AUTHORIZATION) String authorization,
            @RestHeader(IDEMPOTENCY_KEY) UUID idempotencyKey,
            @RestForm long amount,
            @RestForm String currency,
            @RestForm("metadata[payment_id]") UUID paymentId,
            @RestForm("automatic_payment_methods[enabled]") boolean automaticPaymentMethods);

    @GET
    @Path("/v1/payment_intents/{id}")
    Uni<StripeObject> getPaymentIntent(@RestHeader(AUTHORIZATION) String authorization, @RestPath String id);

    /** Without a key: what was refused before may not be repeated as an answer. */
    @POST
    @Path("/v1/payment_intents/{id}/cancel")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    Uni<StripeObject> cancelPaymentIntent(
            @RestHeader(AUTHORIZATION) String authorization,
            @RestPath String id,
            @RestForm("cancellation_reason") String reason);

    @POST
    @Path("/v1/refunds")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    Uni<StripeObject> createRefund(
            @RestHeader(AUTHORIZATION) String authorization,
            @RestHeader(IDEMPOTENCY_KEY) String idempotencyKey,
            @RestForm("payment_intent") String paymentIntent,
            @RestForm long amount,
            @RestForm("metadata[payment_id]") UUID paymentId,
            @RestForm("metadata[refund_id]") String refundId);

    @GET
    @Path("/v1/refunds")
    Uni<StripeList> listRefunds(
            @RestHeader(AUTHORIZATION) String authorization,
            @RestQuery("payment_intent") String paymentIntent,
            @RestQuery int limit);

    @POST
    @Path("/v1/transfers")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    Uni<StripeObject> createTransfer(
            @RestHeader(AUTHORIZATION) String authorization,
            @RestHeader(IDEMPOTENCY_KEY) UUID idempotencyKey,
            @RestForm long amount,
            @RestForm String currency,
            @RestForm String destination,
            @RestForm("transfer_group") UUID group,
            @RestForm("metadata[payment_id]") UUID paymentId);

    @GET
    @Path("/v1/transfers")
    Uni<StripeList> listTransfers(
            @RestHeader(AUTHORIZATION) String authorization,
            @RestQuery("transfer_group") UUID group,
            @RestQuery int limit);
}
