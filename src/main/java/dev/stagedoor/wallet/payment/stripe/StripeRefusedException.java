package dev.stagedoor.wallet.payment.stripe;

/** Stripe will not do it, however often it is asked. */
final class StripeRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient StripeError.Reason reason;

    StripeRefusedException(StripeError.Reason reason) {
        super(reason.mostSpecificCode(), null, false, false);
        this.reason = reason;
    }

    StripeError.Reason reason() {
        return reason;
    }
}
