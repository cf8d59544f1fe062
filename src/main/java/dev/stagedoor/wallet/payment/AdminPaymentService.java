package dev.stagedoor.wallet.payment;

import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Cursors;
import dev.stagedoor.platform.http.Idempotency;
import dev.stagedoor.platform.http.Idempotency.Outcome;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.realtime.Outbox;
import dev.stagedoor.wallet.payment.Bookkeeping.Work;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What admins do with payments: they see all, decide those that no provider does, and give money back. */
@ApplicationScoped
class AdminPaymentService {

    private static final Logger LOG = Logger.getLogger(AdminPaymentService.class);

    private final PaymentConfig config;
    private final PaymentStore store;
    private final PaymentQueries queries;
    private final Bookkeeping bookkeeping;
    private final Providers providers;
    private final Idempotency idempotency;
    private final Outbox outbox;
    private final Cursors cursors;
    private final Ids ids;
    private final Clock clock;

    AdminPaymentService(
            PaymentConfig config,
            PaymentStore store,
            PaymentQueries queries,
            Bookkeeping bookkeeping,
            Providers providers,
            Idempotency idempotency,
            Outbox outbox,
            Cursors cursors,
            Ids ids,
            Clock clock) {
        this.config = config;
        this.store = store;
        this.queries = queries;
        this.bookkeeping = bookkeeping;
        this.providers = providers;
        this.idempotency = idempotency;
        this.outbox = outbox;
        this.cursors = cursors;
        this.ids = ids;
        this.clock = clock;
    }

    /** What one key asks to be given back. */
    @RegisterForReflection
    record Asked(UUID paymentId, long tokens) {}

    Uni<PaymentView> get(UUID id) {
        return queries.find(id).map(AdminPaymentService::require).map(Payment::adminView);
    }

    /** @param status null for all */
    Uni<Page<PaymentView>> list(PaymentStatus status, String cursor, int limit) {
        String list = "payments:" + status;
        return queries.all(status, PaymentService.position(cursors, list, cursor), limit + 1)
                .map(rows -> rows.stream().map(Payment::adminView).toList())
                .map(rows -> Page.of(rows, limit, last -> cursors.encode(list, last.id())));
    }

    /** The money is on its way: from now on the user cannot take the payment back. */
    Uni<PaymentView> process(UUID id) {
        return decide(id, Fact.of(PaymentStatus.PROCESSING, null));
    }

    Uni<PaymentView> succeed(UUID id) {
        return decide(id, Fact.of(PaymentStatus.SUCCEEDED, null));
    }

    Uni<PaymentView> fail(UUID id) {
        return decide(id, Fact.failed("refused", null));
    }

    /** Doing so again changes nothing; fails with 409 where it is decided otherwise, or not for an admin to decide. */
    private Uni<PaymentView> decide(UUID id, Fact fact) {
        return outbox.inTransaction((transaction, events) -> store.lock(transaction, id)
                        .map(AdminPaymentService::require)
                        .invoke(payment -> requireDecidable(payment, fact.status()))
                        .chain(payment -> bookkeeping.book(new Work(transaction, events), payment, fact)))
                .map(Payment::adminView);
    }

    private void requireDecidable(Payment payment, PaymentStatus decision) {
        if (!providers.of(payment).isDecidedHere()) {
            throw ApiException.conflict(
                    "payment-decided-by-provider", "The provider says what becomes of this payment");
        }
        if (!payment.status().isOpen() && payment.status() != decision) {
            throw ApiException.conflict(
                    "payment-over",
                    "It is decided: the payment is " + payment.status().wireName());
        }
    }

    /**
     * Gives tokens back for their money. The tokens are taken at once, and come back if the provider refuses; where it does
     * not answer, it is asked again.
     */
    Uni<Outcome<PaymentView>> refund(UUID id, long tokens, Idempotency.Key key) {
        String ref = ids.next().toString();
        return outbox.inTransaction((transaction, events) -> idempotency.once(
                        transaction,
                        key,
                        new Asked(id, tokens),
                        Refund.class,
                        () -> open(new Work(transaction, events), id, tokens, ref)))
                .call(opened -> opened.replayed() ? Uni.createFrom().voidItem() : ask(id, opened.value()))
                .chain(opened -> get(id).map(view -> new Outcome<>(view, opened.replayed())));
    }

    private Uni<Refund> open(Work work, UUID id, long tokens, String ref) {
        return store.lock(work.transaction(), id)
                .map(AdminPaymentService::require)
                .chain(payment -> open(work, payment, refund(payment, tokens, ref)));
    }

    private Uni<Refund> open(Work work, Payment payment, Refund refund) {
        Instant dueAt = clock.instant().plus(config.retryDelay());
        return bookkeeping.book(work, payment, Fact.refund(refund, null), dueAt).replaceWith(refund);
    }

    private static Refund refund(Payment payment, long tokens, String ref) {
        if (payment.terms().kind() != PaymentKind.PURCHASE || !payment.status().isPaid()) {
            throw ApiException.conflict("payment-not-refundable", "Only a purchase that succeeded can be refunded");
        }
        long price = payment.terms().tokenPrice();
        long rest = (payment.terms().amount() - payment.refundedAmount()) / price;
        if (tokens > rest) {
            throw ApiException.conflict("refund-exceeds-payment", "Of this payment " + rest + " tokens are left");
        }
        return new Refund(ref, tokens * price, Refund.State.PENDING);
    }

    /** Asks the provider for a refund, for the first time or again, and stores what it says. */
    Uni<Void> ask(UUID paymentId, Refund refund) {
        return queries.find(paymentId).chain(payment -> ask(payment, refund));
    }

    private Uni<Void> ask(Payment payment, Refund refund) {
        return providers
                .of(payment)
                .refund(payment, refund)
                .chain(fact -> outbox.inTransaction((transaction, events) -> store.lock(transaction, payment.id())
                        .chain(locked -> bookkeeping.book(new Work(transaction, events), locked, fact))))
                .replaceWithVoid()
                .onFailure(ProviderAwayException.class)
                .invoke(away -> LOG.warnf("Refund %s waits: %s", refund.ref(), away.getMessage()))
                .onFailure(ProviderAwayException.class)
                .recoverWithNull();
    }

    private static Payment require(Payment payment) {
        if (payment == null) {
            throw ApiException.notFound("payment");
        }
        return payment;
    }
}
