package dev.stagedoor.wallet.payment;

import dev.stagedoor.wallet.Account;
import dev.stagedoor.wallet.Transfer;
import dev.stagedoor.wallet.Transfer.Leg;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What tokens move when more is known of a payment than before. All that ever moved for it follows from what is known in
 * the end, however it became known; only what a user has spent meanwhile cannot be taken back.
 */
final class Settlement {

    private final Payment before;
    private final Payment after;
    private final Supplier<UUID> ids;
    private final Account user;
    private final Account escrow;
    private final List<Transfer> transfers = new ArrayList<>();
    private long balance;
    private long uncovered;

    private Settlement(Payment before, Payment after, long balance, Supplier<UUID> ids) {
        this.before = before;
        this.after = after;
        this.balance = balance;
        this.ids = ids;
        this.user = Account.user(after.userId());
        this.escrow = Account.escrow(after.userId());
        this.uncovered = before.uncoveredTokens();
    }

    /**
     * What is to be posted.
     *
     * @param uncoveredTokens those that were to be taken back, by now, and were not there
     */
    record Result(List<Transfer> transfers, long uncoveredTokens) {

        Result {
            transfers = List.copyOf(transfers);
        }
    }

    /** Whether tokens are to be taken from the user, who may not have them any more. */
    static boolean takesBack(Payment before, Payment after) {
        return switch (after.terms().kind()) {
            case PURCHASE -> after.refundedTokens() > before.refundedTokens();
            case CASH_OUT -> after.status().isPaid() && isReleased(before);
        };
    }

    /** @param balance what the user has; counts only where tokens are taken back */
    static Result of(Payment before, Payment after, long balance, Supplier<UUID> ids) {
        Settlement settlement = new Settlement(before, after, balance, ids);
        switch (after.terms().kind()) {
            case PURCHASE -> settlement.settlePurchase();
            case CASH_OUT -> settlement.settleCashOut();
        }
        return new Result(settlement.transfers, settlement.uncovered);
    }

    /** The tokens of a cash-out, when it is asked for: nobody can spend them meanwhile. */
    static Transfer hold(Payment payment, Supplier<UUID> ids) {
        return Transfer.of(
                ids.get(),
                Transfer.Kind.HOLD,
                payment.id(),
                Account.user(payment.userId()),
                Account.escrow(payment.userId()),
                payment.terms().tokens());
    }

    private void settlePurchase() {
        if (after.status().isPaid() && !before.status().isPaid()) {
            move(Transfer.Kind.PURCHASE, Account.ISSUANCE, user, after.terms().tokens());
            balance += after.terms().tokens();
        }
        long claimed = after.refundedTokens() - before.refundedTokens();
        if (claimed > 0) {
            move(Transfer.Kind.REFUND, user, Account.ISSUANCE, take(claimed));
        } else {
            move(Transfer.Kind.REFUND, Account.ISSUANCE, user, giveBack(-claimed));
        }
    }

    private void settleCashOut() {
        if (after.status().isPaid() && !before.status().isPaid()) {
            payOut();
        } else if (isReleased(after) && before.status().isOpen()) {
            move(Transfer.Kind.RELEASE, escrow, user, after.terms().tokens());
        }
        long reversed = after.refundedTokens() - before.refundedTokens();
        move(Transfer.Kind.REFUND, Account.ISSUANCE, user, giveBack(Math.max(0, reversed)));
    }

    /** What is missing is missing of the fee first. */
    private void payOut() {
        long tokens = after.terms().tokens();
        Account source = isReleased(before) ? user : escrow;
        long taken = isReleased(before) ? take(tokens) : tokens;
        long paid = Math.min(taken, tokens - after.terms().feeTokens());
        if (taken > 0) {
            List<Leg> legs = List.of(
                    new Leg(source, -taken), new Leg(Account.ISSUANCE, paid), new Leg(Account.FEES, taken - paid));
            transfers.add(new Transfer(ids.get(), Transfer.Kind.CASH_OUT, after.id(), legs));
        }
    }

    private static boolean isReleased(Payment payment) {
        return payment.status() == PaymentStatus.FAILED || payment.status() == PaymentStatus.CANCELLED;
    }

    /** As many as are there; the rest is counted. */
    private long take(long tokens) {
        long taken = Math.min(tokens, balance);
        uncovered += tokens - taken;
        return taken;
    }

    /** What was never taken is not given back. */
    private long giveBack(long tokens) {
        long forgiven = Math.min(tokens, uncovered);
        uncovered -= forgiven;
        return tokens - forgiven;
    }

    private void move(Transfer.Kind kind, Account from, Account to, long tokens) {
        if (tokens > 0) {
            transfers.add(Transfer.of(ids.get(), kind, after.id(), from, to, tokens));
        }
    }
}
