package dev.stagedoor.wallet.payment;

/** A provider did not say what came of a call; it may have come to pass. */
public final class ProviderAwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ProviderAwayException(String message) {
        super(message, null, false, false);
    }
}
