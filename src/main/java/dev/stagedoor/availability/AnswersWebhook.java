package dev.stagedoor.availability;

import dev.stagedoor.availability.EventNewsStore.AllAnswered;
import dev.stagedoor.platform.db.RecurringWork;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.db.Transactions;
import dev.stagedoor.platform.lifecycle.Startup;
import dev.stagedoor.realtime.pusher.webhook.Webhooks;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Has a webhook say which events all have answered, at least once: what was not taken is said again, for a day. One node
 * after the other looks what is left to say.
 */
@ApplicationScoped
class AnswersWebhook {

    private static final RecurringWork WORK =
            new RecurringWork(Logger.getLogger(AnswersWebhook.class), "A webhook does not take who has answered");

    private static final String NAME = "event_all_answered";
    private static final Duration PATIENCE = Duration.ofDays(1);
    private static final int AT_ONCE = 100;

    private final EventNewsStore store;
    private final Transactions transactions;
    private final Webhooks webhooks;
    private final Startup startup;
    private final Clock clock;

    AnswersWebhook(EventNewsStore store, Transactions transactions, Webhooks webhooks, Startup startup, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.webhooks = webhooks;
        this.startup = startup;
        this.clock = clock;
    }

    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> say() {
        return startup.isComplete() && webhooks.isWanted(NAME)
                ? WORK.attempt(transactions.run(transaction ->
                        transaction.tryLock(NAME).chain(isOurs -> isOurs ? say(transaction) : nothing())))
                : nothing();
    }

    private Uni<Void> say(Transaction transaction) {
        return store.leftAllAnswered(transaction, clock.instant().minus(PATIENCE), AT_ONCE)
                .chain(left -> left.isEmpty() ? nothing() : say(transaction, left));
    }

    private Uni<Void> say(Transaction transaction, List<AllAnswered> left) {
        List<String> topics =
                left.stream().map(each -> GroupEventTopics.topic(each.token())).toList();
        return webhooks.deliver(NAME, topics).chain(() -> store.toldAllAnswered(transaction, left));
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }
}
