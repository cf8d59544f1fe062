package dev.stagedoor.wallet.payment.stripe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Why Stripe refused a call. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record StripeError(@JsonProperty("error") Reason reason) {

    /**
     * Why.
     *
     * @param declineCode why the issuer of a card refused
     * @param paymentIntent what the call was about, as it is
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonNaming(SnakeCaseStrategy.class)
    record Reason(String type, String code, String declineCode, StripeObject paymentIntent) {

        String mostSpecificCode() {
            if (declineCode != null) {
                return declineCode;
            }
            return code == null ? type : code;
        }

        /** Whether the call itself, and not our credential or Stripe's state, is the reason. */
        boolean isFinal() {
            return "card_error".equals(type) || "invalid_request_error".equals(type);
        }
    }
}
