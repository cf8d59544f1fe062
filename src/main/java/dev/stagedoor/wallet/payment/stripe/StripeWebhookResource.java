package dev.stagedoor.wallet.payment.stripe;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Where Stripe tells what happens. */
@Cancellable(false)
@Path("/api/v1/webhooks/stripe")
@Tag(name = "Webhooks")
@PermitAll
class StripeWebhookResource {

    private final StripeWebhookService service;

    StripeWebhookResource(StripeWebhookService service) {
        this.service = service;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "receiveStripeEvent",
            summary = "Takes an event of Stripe",
            description =
                    "Each counts once, in whatever order they come. Those that count are payment_intent.processing,"
                            + " .succeeded, .payment_failed and .canceled, charge.refunded, refund.created, .updated and .failed,"
                            + " transfer.created and .reversed.")
    public Uni<Map<String, Boolean>> receive(
            @Parameter(description = "t=…,v1=…", required = true) @RestHeader(StripeSignature.HEADER) String signature,
            @RequestBody(content = @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.OBJECT)))
                    byte[] body) {
        return service.receive(signature, body).replaceWith(Map.of("received", true));
    }
}
