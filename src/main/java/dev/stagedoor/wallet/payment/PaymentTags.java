package dev.stagedoor.wallet.payment;

import java.util.List;
import java.util.UUID;

/** Names under which clients keep what they know of payments. */
final class PaymentTags {

    private PaymentTags() {}

    private static String payment(UUID id) {
        return "payment:" + id;
    }

    private static String paymentsOf(UUID userId) {
        return "user:" + userId + ":payments";
    }

    /** What is stale when a payment has come or changed. */
    static List<String> ofChanged(PaymentView payment) {
        return List.of(payment(payment.id()), paymentsOf(payment.userId()));
    }
}
