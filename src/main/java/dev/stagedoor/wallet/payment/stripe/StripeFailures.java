package dev.stagedoor.wallet.payment.stripe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagedoor.wallet.payment.ProviderAwayException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/** Tells what Stripe will never do from what it may yet do, or may have done. */
@ApplicationScoped
class StripeFailures {

    /**
     * Of a refusal. Not 401 and 403, which say that our credential is wrong, nor 409 and 429, after which Stripe wants to be
     * asked again.
     */
    private static final Set<Integer> REFUSALS = Set.of(400, 402, 404);

    private final ObjectMapper mapper;

    StripeFailures(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Either a {@link StripeRefusedException} or a {@link ProviderAwayException}. */
    Throwable of(Throwable failure) {
        return failure instanceof WebApplicationException answer
                ? of(answer.getResponse())
                : new ProviderAwayException("Stripe did not answer: " + failure);
    }

    private Throwable of(Response response) {
        StripeError.Reason reason = reason(response);
        boolean isRefusal = REFUSALS.contains(response.getStatus()) && reason != null && reason.isFinal();
        return isRefusal
                ? new StripeRefusedException(reason)
                : new ProviderAwayException("Stripe answered " + response.getStatus()
                        + (reason == null ? "" : " " + reason.mostSpecificCode()));
    }

    /** Null where it is not Stripe that answers so, but something before it. */
    private StripeError.Reason reason(Response response) {
        try {
            return mapper.readValue(response.readEntity(String.class), StripeError.class)
                    .reason();
        } catch (JsonProcessingException | IllegalArgumentException unreadable) {
            return null;
        }
    }
}
