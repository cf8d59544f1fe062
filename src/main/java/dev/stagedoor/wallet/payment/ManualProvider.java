package dev.stagedoor.wallet.payment;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Leaves the money to people: an admin says what became of it. */
@ApplicationScoped
class ManualProvider implements PaymentProvider {

    private final PaymentConfig config;

    ManualProvider(PaymentConfig config) {
        this.config = config;
    }

    @Override
    public ProviderName name() {
        return ProviderName.MANUAL;
    }

    @Override
    public boolean isEnabled() {
        return config.manualEnabled();
    }

    @Override
    public boolean isDecidedHere() {
        return true;
    }

    @Override
    public void requireDestination(String destination) {
        // Whatever an admin can make sense of.
    }

    @Override
    public Uni<Asked> purchase(Payment payment) {
        return Uni.createFrom().item(new Asked(Fact.of(PaymentStatus.REQUIRES_PAYMENT, null), null));
    }

    @Override
    public Uni<Asked> cashOut(Payment payment) {
        return purchase(payment);
    }

    @Override
    public Uni<Fact> cancel(Payment payment) {
        return Uni.createFrom().item(Fact.of(PaymentStatus.CANCELLED, null));
    }

    @Override
    public Uni<Fact> refund(Payment payment, Refund refund) {
        return Uni.createFrom()
                .item(Fact.refund(new Refund(refund.ref(), refund.amount(), Refund.State.SUCCEEDED), null));
    }

    @Override
    public Uni<String> clientSecret(Payment payment) {
        return Uni.createFrom().nullItem();
    }
}
