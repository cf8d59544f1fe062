package dev.stagedoor.wallet.payment.stripe;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.wallet.payment.PaymentFacts;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** Takes events that Stripe signed. */
@ApplicationScoped
class StripeWebhookService {

    private final StripeConfig config;
    private final PaymentFacts facts;
    private final ObjectMapper mapper;
    private final Clock clock;

    StripeWebhookService(StripeConfig config, PaymentFacts facts, ObjectMapper mapper, Clock clock) {
        this.config = config;
        this.facts = facts;
        this.mapper = mapper;
        this.clock = clock;
    }

    /** Fails with 400 where Stripe did not sign these very bytes, or they are no event. */
    Uni<Void> receive(String signature, byte[] body) {
        StripeSignature.parse(signature).require(config.webhookSecrets().orElse(List.of()), body, clock.instant());
        return facts.hear(event(body).told());
    }

    private StripeEvent event(byte[] body) {
        try {
            StripeEvent event = mapper.readValue(body, StripeEvent.class);
            if (event != null && event.isComplete()) {
                return event;
            }
        } catch (IOException malformed) {
            // As what is no event of Stripe at all.
        }
        throw new ApiException(400, "malformed-request", "The body is no event of Stripe");
    }
}
