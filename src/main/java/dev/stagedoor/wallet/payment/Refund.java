package dev.stagedoor.wallet.payment;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/**
 * Money of a purchase that is given back.
 *
 * @param ref our id of it, or the provider's where it was not asked for here
 * @param amount in minor units of the payment's currency
 */
@RegisterForReflection
public record Refund(String ref, long amount, State state) {

    /** How far it has come; each supersedes those before it. */
    @RegisterForReflection
    public enum State {
        PENDING,
        SUCCEEDED,
        /** It was under way, and came back to us. */
        FAILED,
        /** It never began. */
        REFUSED;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }

    /** What is known of it in all. */
    Refund join(Refund other) {
        State joined = state.compareTo(other.state) >= 0 ? state : other.state;
        return new Refund(ref, Math.max(amount, other.amount), joined);
    }
}
