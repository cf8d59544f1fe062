package dev.stagedoor.wallet.payment;

import java.time.Instant;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All that is known of a payment. Facts are joined to it; a join is commutative, associative and idempotent, so that
 * neither the order of facts nor their repetition can make a difference.
 *
 * @param status never {@code REFUNDED}
 * @param failureCode of several, always the same one
 * @param toldRefund the largest total that was told
 * @param refunds by their refs
 */
record Knowledge(
        PaymentStatus status,
        String failureCode,
        String providerRef,
        long toldRefund,
        SortedMap<String, Refund> refunds) {

    static Knowledge of(Payment payment, Collection<Refund> refunds) {
        return new Knowledge(
                payment.status() == PaymentStatus.REFUNDED ? PaymentStatus.SUCCEEDED : payment.status(),
                payment.failureCode(),
                payment.providerRef(),
                payment.toldRefund(),
                byRef(refunds));
    }

    private static SortedMap<String, Refund> byRef(Collection<Refund> refunds) {
        return refunds.stream().collect(Collectors.toMap(Refund::ref, refund -> refund, Refund::join, TreeMap::new));
    }

    Knowledge join(Fact fact) {
        PaymentStatus joined = status.max(fact.status());
        SortedMap<String, Refund> all = new TreeMap<>(refunds);
        if (fact.refund() != null) {
            all.merge(fact.refund().ref(), fact.refund(), Refund::join);
        }
        return new Knowledge(
                joined,
                joined == PaymentStatus.FAILED ? max(failureCode, fact.failureCode()) : null,
                max(providerRef, fact.providerRef()),
                Math.max(toldRefund, fact.refundedTotal()),
                all);
    }

    private static String max(String one, String other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return BinaryOperator.<String>maxBy(String::compareTo).apply(one, other);
    }

    /**
     * How much of an amount is given back. A total that was told has the refunds in it that failed later, as has the sum
     * of those that are known: whichever knows of more. Those that never began are in neither.
     */
    long refundedAmount(long amount) {
        long known = sum(refund -> refund.state() != Refund.State.REFUSED);
        long failed = sum(refund -> refund.state() == Refund.State.FAILED);
        return Math.min(amount, Math.max(0, Math.max(toldRefund, known) - failed));
    }

    private long sum(Predicate<Refund> which) {
        return refunds.values().stream().filter(which).mapToLong(Refund::amount).reduce(0, Math::addExact);
    }

    /** The payment once all this is known of it: so its provider has answered. Its tokens are still to be settled. */
    Payment applyTo(Payment payment, Instant now) {
        long refunded = refundedAmount(payment.terms().amount());
        return new Payment(
                payment.id(),
                payment.userId(),
                payment.terms(),
                refunded > 0 ? PaymentStatus.REFUNDED : status,
                failureCode,
                toldRefund,
                refunded,
                payment.uncoveredTokens(),
                providerRef,
                null,
                payment.createdAt(),
                now,
                payment.version() + 1);
    }
}
