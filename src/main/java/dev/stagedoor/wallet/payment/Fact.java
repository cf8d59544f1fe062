package dev.stagedoor.wallet.payment;

/**
 * What a provider says of a payment. It stays true: facts may be heard in any order and repeatedly.
 *
 * @param status how far the payment has come at least; never {@code REFUNDED}, which follows from the rest
 * @param failureCode why it failed, in words for programs; null unless it did
 * @param providerRef the provider's name for the payment; null where it has none
 * @param refundedTotal how much was given back in total by then, in minor units
 * @param refund one refund; null where this is of none
 */
public record Fact(PaymentStatus status, String failureCode, String providerRef, long refundedTotal, Refund refund) {

    /** How far the payment has come. */
    public static Fact of(PaymentStatus status, String providerRef) {
        return new Fact(status, null, providerRef, 0, null);
    }

    public static Fact failed(String failureCode, String providerRef) {
        return new Fact(PaymentStatus.FAILED, failureCode, providerRef, 0, null);
    }

    /** That so much was given back in total: so it was paid. */
    public static Fact refunded(long total, String providerRef) {
        return new Fact(PaymentStatus.SUCCEEDED, null, providerRef, total, null);
    }

    /** What became of one refund: there is one, so it was paid. */
    public static Fact refund(Refund refund, String providerRef) {
        return new Fact(PaymentStatus.SUCCEEDED, null, providerRef, 0, refund);
    }
}
