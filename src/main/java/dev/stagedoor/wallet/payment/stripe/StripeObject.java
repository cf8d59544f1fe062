package dev.stagedoor.wallet.payment.stripe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.stagedoor.wallet.payment.Fact;
import dev.stagedoor.wallet.payment.PaymentStatus;
import dev.stagedoor.wallet.payment.Refund;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What we read of Stripe's objects: of payment intents, charges, refunds and transfers. What an object has not got is null,
 * or zero.
 *
 * @param paymentIntent what a charge or a refund belongs to
 * @param amountRefunded of a charge: in total
 * @param amountReversed of a transfer: in total
 * @param metadata what we told Stripe
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonNaming(SnakeCaseStrategy.class)
record StripeObject(
        String id,
        long amount,
        String currency,
        String status,
        String clientSecret,
        String paymentIntent,
        long amountRefunded,
        long amountReversed,
        Map<String, String> metadata,
        StripeError.Reason lastPaymentError) {

    /** Without what must not be seen in a log. */
    @Override
    public String toString() {
        return id + " " + status;
    }

    /** Our id of the payment; null where the object has none that could be. */
    UUID paymentId() {
        return uuid(label("payment_id"));
    }

    private String label(String name) {
        return metadata == null ? null : metadata.get(name);
    }

    private static UUID uuid(String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }

    /** Of a payment intent. */
    Fact intentFact() {
        return Fact.of(
                switch (String.valueOf(status)) {
                    case "processing" -> PaymentStatus.PROCESSING;
                    case "canceled" -> PaymentStatus.CANCELLED;
                    case "succeeded" -> PaymentStatus.SUCCEEDED;
                    default -> PaymentStatus.REQUIRES_PAYMENT;
                },
                id);
    }

    /** Of a payment intent whose last attempt was refused. */
    Fact failureFact() {
        return Fact.failed(lastPaymentError == null ? "payment_failed" : lastPaymentError.mostSpecificCode(), id);
    }

    /** Of a charge. */
    Fact chargeFact() {
        return Fact.refunded(amountRefunded, paymentIntent);
    }

    /** Of a refund; null where it is of nothing. */
    Fact refundFact() {
        if (id == null || amount <= 0) {
            return null;
        }
        String ref = Optional.ofNullable(label("refund_id")).orElse(id);
        return Fact.refund(new Refund(ref, amount, refundState()), paymentIntent);
    }

    private Refund.State refundState() {
        return switch (String.valueOf(status)) {
            case "succeeded" -> Refund.State.SUCCEEDED;
            case "failed", "canceled" -> Refund.State.FAILED;
            default -> Refund.State.PENDING;
        };
    }

    boolean isRefund(String refundId) {
        return refundId.equals(label("refund_id"));
    }

    /** Of a transfer. */
    Fact transferFact() {
        return Fact.refunded(amountReversed, id);
    }
}
