package dev.stagedoor.wallet.payment;

import io.smallrye.mutiny.Uni;

/**
 * Moves the money of payments. Every call may be repeated: it is made after what it is about was committed, and again
 * until it is known what came of it. Fails with {@link ProviderAwayException} where that is not known yet.
 */
public interface PaymentProvider {

    ProviderName name();

    /** Whether it may be asked for new payments. */
    boolean isEnabled();

    /** Whether people say what becomes of its payments; else it does so itself, and people are not asked. */
    boolean isDecidedHere();

    /** Fails with 400 where money cannot go there. */
    void requireDestination(String destination);

    /** Has the money of a purchase collected. */
    Uni<Asked> purchase(Payment payment);

    /** Sends the money of a cash-out. */
    Uni<Asked> cashOut(Payment payment);

    /** Takes a payment back that nobody has paid, if that is still possible; emits what became of it. */
    Uni<Fact> cancel(Payment payment);

    /** Gives money of a purchase back. */
    Uni<Fact> refund(Payment payment, Refund refund);

    /** What lets the payer pay a purchase that was asked for; emits null where there is no such thing. */
    Uni<String> clientSecret(Payment payment);

    /**
     * What a provider answered.
     *
     * @param clientSecret what lets the payer pay; null where there is no such thing
     */
    record Asked(Fact fact, String clientSecret) {

        @Override
        public String toString() {
            return fact.toString();
        }
    }
}
