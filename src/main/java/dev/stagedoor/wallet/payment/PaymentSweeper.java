package dev.stagedoor.wallet.payment;

import dev.stagedoor.platform.db.RecurringWork;
import dev.stagedoor.platform.lifecycle.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Asks providers again that did not answer, or whose answer nobody lived to store. Several nodes share the work. */
@ApplicationScoped
class PaymentSweeper {

    private static final RecurringWork ASKING =
            new RecurringWork(Logger.getLogger(PaymentSweeper.class), "Providers are not asked again");

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
        return ASKING.attempt(store.claim(clock.instant(), config.retryDelay())
                .chain(due ->
                        ASKING.attemptEach(due, payment -> payments.ask(payment).replaceWithVoid())));
    }

    private Uni<Void> sweepRefunds() {
        return ASKING.attempt(store.claimRefunds(clock.instant(), config.retryDelay())
                .chain(due -> ASKING.attemptEach(due, claimed -> refunds.ask(claimed.paymentId(), claimed.refund()))));
    }
}
