package dev.stagedoor.wallet.payment;

import java.time.Instant;
import java.util.UUID;

/**
 * A payment, as it is stored.
 *
 * @param failureCode why it failed; null unless it did
 * @param toldRefund the most that the provider said was given back in total, in minor units
 * @param refundedAmount what is held to be given back now, in minor units
 * @param uncoveredTokens those given back for money that the user had already spent
 * @param providerRef the provider's name for it; null until that is known
 * @param callDueAt when the provider is to be asked for it again; null where it has answered
 */
public record Payment(
        UUID id,
        UUID userId,
        Terms terms,
        PaymentStatus status,
        String failureCode,
        long toldRefund,
        long refundedAmount,
        long uncoveredTokens,
        String providerRef,
        Instant callDueAt,
        Instant createdAt,
        Instant updatedAt,
        int version) {

    /** One that is asked for now. */
    static Payment asked(UUID id, UUID userId, Terms terms, PaymentStatus status, Instant now, Instant callDueAt) {
        return new Payment(id, userId, terms, status, null, 0, 0, 0, null, callDueAt, now, now, 0);
    }

    long refundedTokens() {
        return terms.tokensFor(refundedAmount);
    }

    Payment withUncovered(long tokens) {
        return new Payment(
                id,
                userId,
                terms,
                status,
                failureCode,
                toldRefund,
                refundedAmount,
                tokens,
                providerRef,
                callDueAt,
                createdAt,
                updatedAt,
                version);
    }

    /** Whether its user can still pay it. */
    boolean isPayable() {
        return terms.kind() == PaymentKind.PURCHASE && status == PaymentStatus.REQUIRES_PAYMENT;
    }

    /** What the user sees of it. */
    PaymentView view() {
        return view(null);
    }

    /** What the user sees of it, with what lets them pay while they can; null where that is not to be had. */
    PaymentView view(String clientSecret) {
        return view(isPayable() ? clientSecret : null, null, null);
    }

    PaymentView adminView() {
        return view(null, providerRef, uncoveredTokens);
    }

    private PaymentView view(String clientSecret, String shownRef, Long shownUncovered) {
        return new PaymentView(
                id,
                userId,
                terms.kind(),
                terms.provider(),
                terms.tokens(),
                terms.feeTokens(),
                terms.amount(),
                terms.currency(),
                terms.destination(),
                status,
                failureCode,
                refundedTokens(),
                callDueAt != null,
                clientSecret,
                shownRef,
                shownUncovered,
                createdAt,
                updatedAt,
                version);
    }
}
