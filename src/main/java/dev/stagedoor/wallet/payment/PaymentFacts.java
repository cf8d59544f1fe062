package dev.stagedoor.wallet.payment;

import dev.stagedoor.platform.db.Transactions;
import dev.stagedoor.realtime.Outbox;
import dev.stagedoor.wallet.payment.Bookkeeping.Work;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Takes in what providers tell of payments of themselves. */
@ApplicationScoped
public class PaymentFacts {

    private static final Logger LOG = Logger.getLogger(PaymentFacts.class);

    private final PaymentStore store;
    private final Bookkeeping bookkeeping;
    private final Outbox outbox;
    private final Transactions transactions;

    PaymentFacts(PaymentStore store, Bookkeeping bookkeeping, Outbox outbox, Transactions transactions) {
        this.store = store;
        this.bookkeeping = bookkeeping;
        this.outbox = outbox;
        this.transactions = transactions;
    }

    /**
     * What a provider tells.
     *
     * @param eventId the same whenever this is told again
     * @param paymentId as we told it to the provider; null where it does not know that
     * @param price what was paid; null where this does not say. It counts only if it is what was to be paid.
     * @param fact null where this is of no interest
     */
    public record Told(ProviderName provider, String eventId, UUID paymentId, Price price, Fact fact) {}

    /** An amount in minor units of a currency. */
    public record Price(long amount, String currency) {}

    /** Once for each event; what is of no payment, or of no interest, is passed over. */
    public Uni<Void> hear(Told told) {
        return outbox.inTransaction((transaction, events) -> store.hear(transaction, told.provider(), told.eventId())
                .chain(isNew -> isNew && told.fact() != null
                        ? book(new Work(transaction, events), told)
                        : Uni.createFrom().voidItem()));
    }

    private Uni<Void> book(Work work, Told told) {
        return store.lockTold(work.transaction(), told.provider(), told.fact().providerRef(), told.paymentId())
                .chain(payment -> payment == null || !isPriceOf(payment, told)
                        ? Uni.createFrom().voidItem()
                        : bookkeeping.book(work, payment, told.fact()).replaceWithVoid());
    }

    private static boolean isPriceOf(Payment payment, Told told) {
        Price price = new Price(payment.terms().amount(), payment.terms().currency());
        boolean isSame = told.price() == null || told.price().equals(price);
        if (!isSame) {
            LOG.errorf(
                    "Event %s tells of %s for payment %s of %s: passed over",
                    told.eventId(), told.price(), payment.id(), price);
        }
        return isSame;
    }

    @Scheduled(every = "1h", delayed = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> prune() {
        return transactions.run(store::prune);
    }
}
