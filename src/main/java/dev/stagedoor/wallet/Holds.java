package dev.stagedoor.wallet;

import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.wallet.Transfer.Kind;
import dev.stagedoor.wallet.api.TokenHolds;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Two-phase transfers within a transaction: tokens go to an escrow account first, from there to who is paid, or back. */
@ApplicationScoped
class Holds implements TokenHolds {

    private final HoldStore store;
    private final Ledger ledger;
    private final Commission commission;
    private final Ids ids;
    private final Clock clock;

    Holds(HoldStore store, Ledger ledger, Commission commission, Ids ids, Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.commission = commission;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Uni<UUID> place(Transaction transaction, Consumer<Event> events, UUID payerId, UUID payeeId, long amount) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return place(transaction, events, HoldView.held(ids.next(), payerId, payeeId, amount, null, now))
                .map(HoldView::id);
    }

    /** Fails with 404 where who is to be paid does not exist. */
    Uni<HoldView> place(Transaction transaction, Consumer<Event> events, HoldView hold) {
        return store.insert(transaction, hold)
                .invoke(Holds::requirePayee)
                .chain(() -> ledger.post(transaction, events, List.of(setAside(hold))))
                .replaceWith(hold);
    }

    private static void requirePayee(boolean exists) {
        if (!exists) {
            throw ApiException.notFound("user");
        }
    }

    private Transfer setAside(HoldView hold) {
        Account payer = Account.user(hold.payerId());
        return Transfer.of(ids.next(), Kind.HOLD, hold.id(), payer, Account.escrow(hold.payerId()), hold.amount());
    }

    @Override
    public Uni<Void> settle(Transaction transaction, Consumer<Event> events, UUID holdId, long captured) {
        return lock(transaction, holdId)
                .chain(hold -> settle(transaction, events, hold, captured))
                .replaceWithVoid();
    }

    /** Emits null where there is none. */
    Uni<HoldView> lock(Transaction transaction, UUID id) {
        return store.lock(transaction, id);
    }

    /**
     * Ends a hold that is locked; emits what it is then. Fails with 409 where it was ended before, with 400 where that is more
     * than it has.
     */
    Uni<HoldView> settle(Transaction transaction, Consumer<Event> events, HoldView hold, long captured) {
        requireSettlable(hold, captured);
        HoldView settled = hold.settled(captured);
        return store.settle(transaction, settled)
                .chain(() -> ledger.post(transaction, events, transfers(settled)))
                .replaceWith(settled);
    }

    private static void requireSettlable(HoldView hold, long captured) {
        if (!hold.isHeld()) {
            throw ApiException.conflict("hold-settled", "This hold is " + hold.status());
        }
        if (captured > hold.amount()) {
            throw ApiException.invalid("amount", "must be at most " + hold.amount());
        }
    }

    private List<Transfer> transfers(HoldView settled) {
        Account escrow = Account.escrow(settled.payerId());
        List<Transfer> transfers = new ArrayList<>();
        if (settled.captured() > 0) {
            transfers.add(new Transfer(
                    ids.next(),
                    Kind.CAPTURE,
                    settled.id(),
                    commission.split(escrow, settled.payeeId(), settled.captured())));
        }
        if (settled.captured() < settled.amount()) {
            transfers.add(giveBack(settled, Kind.RELEASE));
        }
        return transfers;
    }

    private Transfer giveBack(HoldView hold, Kind kind) {
        return Transfer.of(
                ids.next(),
                kind,
                hold.id(),
                Account.escrow(hold.payerId()),
                Account.user(hold.payerId()),
                hold.amount() - hold.captured());
    }

    /** Gives back the tokens of some holds that are due; emits how many. */
    Uni<Integer> expire(Transaction transaction, Consumer<Event> events, int atMost) {
        return store.expire(transaction, atMost)
                .call(holds -> giveBack(transaction, events, holds))
                .map(List::size);
    }

    private Uni<Void> giveBack(Transaction transaction, Consumer<Event> events, List<HoldView> expired) {
        List<Transfer> transfers =
                expired.stream().map(hold -> giveBack(hold, Kind.EXPIRE)).toList();
        return transfers.isEmpty()
                ? Uni.createFrom().voidItem()
                : ledger.post(transaction, events, transfers).replaceWithVoid();
    }
}
