package dev.stagedoor.wallet.payment;

import dev.stagedoor.platform.http.ApiException;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Who may move money here. */
@ApplicationScoped
class Providers {

    private final Map<ProviderName, PaymentProvider> byName = new EnumMap<>(ProviderName.class);

    Providers(@All List<PaymentProvider> providers) {
        providers.forEach(provider -> byName.put(provider.name(), provider));
    }

    /** Also of a payment whose provider takes no new ones. */
    PaymentProvider of(Payment payment) {
        return byName.get(payment.terms().provider());
    }

    /** A cash-out that a provider sends of itself may be under way before it answers: nobody takes it back. */
    PaymentStatus firstStatus(Terms terms) {
        boolean isSentAtOnce = terms.kind() == PaymentKind.CASH_OUT
                && !byName.get(terms.provider()).isDecidedHere();
        return isSentAtOnce ? PaymentStatus.PROCESSING : PaymentStatus.REQUIRES_PAYMENT;
    }

    /** Fails with 400 where its provider would not take such a payment. */
    void requireTaken(CreatePaymentRequest request) {
        PaymentProvider provider = byName.get(request.provider());
        if (!provider.isEnabled()) {
            throw ApiException.invalid("provider", "is not available");
        }
        boolean hasDestination = request.destination() != null;
        if (hasDestination != (request.kind() == PaymentKind.CASH_OUT)) {
            throw ApiException.invalid("destination", hasDestination ? "is only for cash-outs" : "is required");
        }
        if (hasDestination) {
            provider.requireDestination(request.destination());
        }
    }
}
