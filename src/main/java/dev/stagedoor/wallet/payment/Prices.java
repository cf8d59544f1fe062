package dev.stagedoor.wallet.payment;

import dev.stagedoor.platform.http.ApiException;
import jakarta.enterprise.context.ApplicationScoped;

/** What tokens cost; in integers throughout. */
@ApplicationScoped
class Prices {

    private static final long BASIS_POINTS = 10_000;

    private final PaymentConfig config;

    Prices(PaymentConfig config) {
        this.config = config;
    }

    /** Fails with 400 where the money for so many tokens cannot be said. */
    Terms terms(CreatePaymentRequest request) {
        return switch (request.kind()) {
            case PURCHASE -> terms(request, 0, config.tokenPrice());
            case CASH_OUT -> terms(request, fee(request.tokens()), config.cashOutPrice());
        };
    }

    private Terms terms(CreatePaymentRequest request, long feeTokens, long price) {
        long amount = multiply(request.tokens() - feeTokens, price);
        return new Terms(
                request.kind(),
                request.provider(),
                request.tokens(),
                feeTokens,
                amount,
                config.currency(),
                request.destination());
    }

    private long fee(long tokens) {
        return multiply(tokens, config.cashOutFeeBasisPoints()) / BASIS_POINTS;
    }

    private static long multiply(long tokens, long factor) {
        try {
            return Math.multiplyExact(tokens, factor);
        } catch (ArithmeticException overflow) {
            throw ApiException.invalid("tokens", "are too many");
        }
    }
}
