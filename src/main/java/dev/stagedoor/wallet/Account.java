package dev.stagedoor.wallet;

import java.util.UUID;

/**
 * Where tokens are.
 *
 * @param userId null where the account is the platform's
 */
public record Account(Kind kind, UUID userId) {

    /** What platforms earn from tips and sessions. */
    public static final Account REVENUE = new Account(Kind.REVENUE, null);

    /** What is charged for cashing out. */
    public static final Account FEES = new Account(Kind.FEES, null);

    /** Where tokens come from and go to in the end: what is in circulation, negated. The only one below zero. */
    public static final Account ISSUANCE = new Account(Kind.ISSUANCE, null);

    /** What an account is for. */
    public enum Kind {
        USER,
        ESCROW,
        REVENUE,
        FEES,
        ISSUANCE
    }

    /** What a user may spend. */
    public static Account user(UUID userId) {
        return new Account(Kind.USER, userId);
    }

    /** What is held of a user's tokens. */
    public static Account escrow(UUID userId) {
        return new Account(Kind.ESCROW, userId);
    }
}
