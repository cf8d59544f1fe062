package dev.stagedoor.wallet.payment;

import dev.stagedoor.platform.db.DatabaseFailures;
import dev.stagedoor.platform.lifecycle.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Asks providers again that did not answer, or whose answer nobody lived to store. Several nodes share the work. */
@ApplicationScoped
class PaymentSweeper {

    private static final Logger LOG = Logger.getLogger(PaymentSweeper.class);

    private final PaymentConfig config;
    private final PaymentStore store;
    private final PaymentService payments;
    private final AdminPaymentService refunds;
    private final Startup startup;
    private final Clock clock;

    PaymentSweeper(
            PaymentConfig config,
            PaymentStore store,
            PaymentService payments,
            AdminPaymentService refunds,
            Startup startup,
            Clock clock) {
        this.config = config;
        this.store = store;
        this.payments = payments;
        this.refunds = refunds;
        this.startup = startup;
        this.clock = clock;
    }

    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return startup.isComplete()
                ? sweepPayments().chain(this::sweepRefunds)
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> sweepPayments() {
        return store.claim(clock.instant(), config.retryDelay())
                .chain(due -> inTurn(due, payment -> payments.ask(payment).replaceWithVoid()))
                .onFailure()
                .recoverWithUni(PaymentSweeper::forgive);
    }

    private Uni<Void> sweepRefunds() {
        return store.claimRefunds(clock.instant(), config.retryDelay())
                .chain(due -> inTurn(due, claimed -> refunds.ask(claimed.paymentId(), claimed.refund())))
                .onFailure()
                .recoverWithUni(PaymentSweeper::forgive);
    }

    /** What fails does not keep the others from their turn. */
    private static <T> Uni<Void> inTurn(List<T> due, Function<T, Uni<Void>> ask) {
        return Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUniAndConcatenate(
                        each -> ask.apply(each).onFailure().recoverWithUni(PaymentSweeper::forgive))
                .onItem()
                .ignoreAsUni();
    }

    /** It stays due. */
    private static Uni<Void> forgive(Throwable failure) {
        LOG.logf(
                DatabaseFailures.isUnavailable(failure) ? Logger.Level.DEBUG : Logger.Level.ERROR,
                "Not asked again: %s",
                failure.toString());
        return Uni.createFrom().voidItem();
    }
}
