package dev.stagedoor.wallet.payment;

import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Cursors;
import dev.stagedoor.platform.http.Idempotency;
import dev.stagedoor.platform.http.Idempotency.Outcome;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.realtime.Outbox;
import dev.stagedoor.wallet.payment.Bookkeeping.Work;
import dev.stagedoor.wallet.payment.PaymentProvider.Asked;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What users do with payments: they ask for them, see them and take them back. */
@ApplicationScoped
class PaymentService {

    private static final Logger LOG = Logger.getLogger(PaymentService.class);

    private final PaymentConfig config;
    private final PaymentStore store;
    private final PaymentQueries queries;
    private final Bookkeeping bookkeeping;
    private final Providers providers;
    private final Prices prices;
    private final Idempotency idempotency;
    private final Outbox outbox;
    private final Cursors cursors;
    private final Ids ids;
    private final Clock clock;

    PaymentService(
            PaymentConfig config,
            PaymentStore store,
            PaymentQueries queries,
            Bookkeeping bookkeeping,
            Providers providers,
            Prices prices,
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
        this.prices = prices;
        this.idempotency = idempotency;
        this.outbox = outbox;
        this.cursors = cursors;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Asks for a payment, and then its provider for it. Where that does not answer, the payment stands all the same, says
     * so, and the provider is asked again.
     */
    Uni<Outcome<PaymentView>> create(UUID userId, CreatePaymentRequest request, Idempotency.Key key) {
        return open(userId, request, key)
                .chain(opened -> (opened.replayed() ? get(userId, opened.value()) : ask(userId, opened.value()))
                        .map(view -> new Outcome<>(view, opened.replayed())));
    }

    private Uni<Outcome<UUID>> open(UUID userId, CreatePaymentRequest request, Idempotency.Key key) {
        return outbox.inTransaction((transaction, events) ->
                idempotency.once(transaction, key, request, UUID.class, () -> {
                    Payment payment = asked(userId, request);
                    return bookkeeping
                            .open(new Work(transaction, events), payment)
                            .replaceWith(payment.id());
                }));
    }

    private Payment asked(UUID userId, CreatePaymentRequest request) {
        providers.requireTaken(request);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Terms terms = prices.terms(request);
        return Payment.asked(
                ids.next(), userId, terms, providers.firstStatus(terms), now, now.plus(config.retryDelay()));
    }

    private Uni<PaymentView> ask(UUID userId, UUID id) {
        return requireOwn(userId, id).chain(this::ask);
    }

    /** Asks the provider for a payment, for the first time or again, and stores what it says. */
    Uni<PaymentView> ask(Payment payment) {
        return call(payment)
                .chain(asked -> learn(payment.id(), asked.fact()).map(known -> known.view(asked.clientSecret())))
                .onFailure(ProviderAwayException.class)
                .invoke(away -> LOG.warnf("Payment %s waits: %s", payment.id(), away.getMessage()))
                .onFailure(ProviderAwayException.class)
                .recoverWithItem(() -> payment.view());
    }

    private Uni<Asked> call(Payment payment) {
        PaymentProvider provider = providers.of(payment);
        return switch (payment.terms().kind()) {
            case PURCHASE -> provider.purchase(payment);
            case CASH_OUT -> provider.cashOut(payment);
        };
    }

    private Uni<Payment> learn(UUID id, Fact fact) {
        return outbox.inTransaction((transaction, events) -> store.lock(transaction, id)
                .chain(payment -> bookkeeping.book(new Work(transaction, events), payment, fact)));
    }

    /** Fails with 404 where the user has no such payment. */
    Uni<PaymentView> get(UUID userId, UUID id) {
        return requireOwn(userId, id).chain(payment -> clientSecret(payment).map(payment::view));
    }

    private Uni<Payment> requireOwn(UUID userId, UUID id) {
        return queries.find(id).invoke(payment -> {
            if (payment == null || !payment.userId().equals(userId)) {
                throw ApiException.notFound("payment");
            }
        });
    }

    private Uni<String> clientSecret(Payment payment) {
        return payment.isPayable() && payment.callDueAt() == null
                ? providers
                        .of(payment)
                        .clientSecret(payment)
                        .onFailure(ProviderAwayException.class)
                        .recoverWithNull()
                : Uni.createFrom().nullItem();
    }

    /** @param status null for all */
    Uni<Page<PaymentView>> list(UUID userId, PaymentStatus status, String cursor, int limit) {
        String list = "payments:" + userId + ":" + status;
        return queries.ofUser(userId, status, position(cursors, list, cursor), limit + 1)
                .map(rows -> page(list, rows, limit));
    }

    private Page<PaymentView> page(String list, List<PaymentView> rows, int limit) {
        return Page.of(rows, limit, last -> cursors.encode(list, last.id()));
    }

    /** Where a page begins. */
    static UUID position(Cursors cursors, String list, String cursor) {
        return cursor == null
                ? PaymentQueries.START
                : UUID.fromString(cursors.decode(list, cursor).get(0));
    }

    /**
     * Takes back a payment that nobody has paid; doing so again changes nothing. Fails with 409 where it is too late, with
     * 503 where the provider does not say whether it is.
     */
    Uni<PaymentView> cancel(UUID userId, UUID id) {
        return requireOwn(userId, id)
                .invoke(PaymentService::requireCancellable)
                .chain(payment -> payment.status() == PaymentStatus.CANCELLED
                        ? Uni.createFrom().item(payment)
                        : cancel(payment))
                .invoke(PaymentService::requireCancelled)
                .map(Payment::view);
    }

    private Uni<Payment> cancel(Payment payment) {
        PaymentProvider provider = providers.of(payment);
        return provider.cancel(payment)
                .onFailure(ProviderAwayException.class)
                .transform(away -> ApiException.unavailable("The provider did not answer", config.retryDelay()))
                .chain(fact -> outbox.inTransaction((transaction, events) -> store.lock(transaction, payment.id())
                        .invoke(locked -> requireUndecided(provider, locked))
                        .chain(locked -> bookkeeping.book(new Work(transaction, events), locked, fact))));
    }

    /** What a provider says is so; where it has no say, an admin may have been faster. */
    private static void requireUndecided(PaymentProvider provider, Payment locked) {
        if (provider.isDecidedHere()) {
            requireCancellable(locked);
        }
    }

    private static void requireCancellable(Payment payment) {
        if (payment.status() != PaymentStatus.REQUIRES_PAYMENT) {
            requireCancelled(payment);
        }
    }

    private static void requireCancelled(Payment payment) {
        if (payment.status() != PaymentStatus.CANCELLED) {
            throw ApiException.conflict(
                    "payment-not-cancellable",
                    "It is too late: the payment is " + payment.status().wireName());
        }
    }
}
