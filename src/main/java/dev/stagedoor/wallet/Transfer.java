package dev.stagedoor.wallet;

import java.util.List;
import java.util.UUID;

/**
 * Tokens that move between accounts.
 *
 * @param subjectId what they move for, such as a hold or a payment; may be null
 * @param legs two or more, of different accounts, which sum to zero
 */
public record Transfer(UUID id, Kind kind, UUID subjectId, List<Leg> legs) {

    /** Why tokens move. */
    public enum Kind {
        GRANT,
        TIP,
        HOLD,
        CAPTURE,
        RELEASE,
        EXPIRE,
        PURCHASE,
        REFUND,
        CASH_OUT
    }

    /**
     * What one account gets.
     *
     * @param amount below zero where it gives; never zero
     */
    public record Leg(Account account, long amount) {}

    public Transfer {
        legs = legs.stream().filter(leg -> leg.amount() != 0).toList();
        boolean sumToZero = legs.stream().mapToLong(Leg::amount).reduce(0, Math::addExact) == 0;
        long accounts = legs.stream().map(Leg::account).distinct().count();
        if (!sumToZero || accounts < 2 || accounts < legs.size()) {
            throw new IllegalArgumentException("These are no legs of a transfer: " + legs);
        }
    }

    /** From one account to another. */
    public static Transfer of(UUID id, Kind kind, UUID subjectId, Account from, Account to, long amount) {
        return new Transfer(id, kind, subjectId, List.of(new Leg(from, -amount), new Leg(to, amount)));
    }
}
