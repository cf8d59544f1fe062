package dev.stagedoor.wallet.payment;

import dev.stagedoor.account.api.UserTopic;
import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.wallet.Ledger;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;

/** Writes what becomes of payments, all of it in the caller's transaction: the payment, its tokens, what its user is told. */
@ApplicationScoped
class Bookkeeping {

    private final PaymentStore store;
    private final Ledger ledger;
    private final Ids ids;
    private final Clock clock;

    Bookkeeping(PaymentStore store, Ledger ledger, Ids ids, Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.ids = ids;
        this.clock = clock;
    }

    /** Where this is written, and what follows the commit. */
    record Work(Transaction transaction, Consumer<Event> events) {}

    /** A new payment; fails with 409 where the user has not got the tokens to cash out. */
    Uni<Void> open(Work work, Payment payment) {
        return store.insert(work.transaction(), payment).chain(() -> switch (payment.terms()
                .kind()) {
            case PURCHASE -> Uni.createFrom().voidItem();
            case CASH_OUT ->
                ledger.post(work.transaction(), work.events(), List.of(Settlement.hold(payment, ids::next)))
                        .replaceWithVoid();
        });
    }

    /** Joins a fact to what is known of a payment that is locked; emits the payment as it is then. */
    Uni<Payment> book(Work work, Payment payment, Fact fact) {
        return book(work, payment, fact, null);
    }

    /** As {@link #book(Work, Payment, Fact)}, of a refund that the provider is still to be asked for, by then at the latest. */
    Uni<Payment> book(Work work, Payment payment, Fact fact, Instant refundDueAt) {
        return store.refunds(work.transaction(), payment.id())
                .map(refunds -> Knowledge.of(payment, refunds))
                .chain(known -> write(work, payment, known, fact, refundDueAt));
    }

    private Uni<Payment> write(Work work, Payment payment, Knowledge known, Fact fact, Instant refundDueAt) {
        Knowledge more = known.join(fact);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Uni<Void> savedRefund = saveRefund(work, payment, more, fact, refundDueAt, now);
        if (more.equals(known) && payment.callDueAt() == null) {
            return savedRefund.replaceWith(payment);
        }
        return savedRefund
                .chain(() -> settle(work, payment, more.applyTo(payment, now)))
                .call(settled -> store.update(work.transaction(), settled))
                .invoke(settled -> work.events().accept(updated(settled.view())));
    }

    private Uni<Void> saveRefund(
            Work work, Payment payment, Knowledge known, Fact fact, Instant refundDueAt, Instant now) {
        if (fact.refund() == null) {
            return Uni.createFrom().voidItem();
        }
        Refund refund = known.refunds().get(fact.refund().ref());
        return store.saveRefund(work.transaction(), payment.id(), refund, refundDueAt, now);
    }

    private Uni<Payment> settle(Work work, Payment before, Payment after) {
        return spendable(work, before, after)
                .map(balance -> Settlement.of(before, after, balance, ids::next))
                .call(result -> post(work, result))
                .map(result -> after.withUncovered(result.uncoveredTokens()));
    }

    private Uni<Long> spendable(Work work, Payment before, Payment after) {
        return Settlement.takesBack(before, after)
                ? ledger.balance(work.transaction(), after.userId())
                : Uni.createFrom().item(0L);
    }

    private Uni<Void> post(Work work, Settlement.Result result) {
        return result.transfers().isEmpty()
                ? Uni.createFrom().voidItem()
                : ledger.post(work.transaction(), work.events(), result.transfers())
                        .replaceWithVoid();
    }

    private static Event updated(PaymentView payment) {
        return Event.of(UserTopic.of(payment.userId()), "payment.updated", payment, PaymentTags.ofChanged(payment));
    }
}
