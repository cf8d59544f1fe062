package dev.stagedoor.wallet.payment.stripe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.stagedoor.wallet.payment.Fact;
import dev.stagedoor.wallet.payment.PaymentFacts.Price;
import dev.stagedoor.wallet.payment.PaymentFacts.Told;
import dev.stagedoor.wallet.payment.PaymentStatus;
import dev.stagedoor.wallet.payment.ProviderName;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Something that happened at Stripe.
 *
 * @param account the connected account that it happened to; null where it is the platform's own
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record StripeEvent(String id, String type, String account, Data data) {

    /** What it happened to, as it was then. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Data(StripeObject object) {}

    /** Whether this is an event at all. */
    boolean isComplete() {
        return id != null && type != null && data != null && data.object() != null;
    }

    /** What it says of a payment. */
    Told told() {
        StripeObject object = data.object();
        Price price = type.startsWith("payment_intent.") || type.startsWith("transfer.")
                ? new Price(object.amount(), object.currency())
                : null;
        return new Told(ProviderName.STRIPE, id, object.paymentId(), price, fact(object));
    }

    /** Null where nothing follows from it. What it happened to is told by its type: its state may be that of later. */
    private Fact fact(StripeObject object) {
        if (account != null) {
            // Whoever has it can make up payments with our metadata.
            return null;
        }
        return switch (type) {
            case "payment_intent.processing" -> Fact.of(PaymentStatus.PROCESSING, object.id());
            case "payment_intent.succeeded" -> Fact.of(PaymentStatus.SUCCEEDED, object.id());
            case "payment_intent.payment_failed" -> object.failureFact();
            case "payment_intent.canceled" -> Fact.of(PaymentStatus.CANCELLED, object.id());
            case "charge.refunded" -> object.chargeFact();
            case "refund.created", "refund.updated", "refund.failed", "charge.refund.updated" -> object.refundFact();
            case "transfer.created", "transfer.reversed" -> object.transferFact();
            default -> null;
        };
    }
}
