package dev.stagedoor.availability;

import dev.stagedoor.availability.EventNewsStore.AllAnswered;
import dev.stagedoor.platform.db.RecurringWork;
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
 * Has a webhook say which events all have answered, at least once: what was not taken is said again, less and less
 * often, for a day.
 */
@ApplicationScoped
class AnswersWebhook {

    private static final RecurringWork WORK =
            new RecurringWork(Logger.getLogger(AnswersWebhook.class), "A webhook does not take who has answered");

    private static final String NAME = "event_all_answered";
    private static final Duration PATIENCE = Duration.ofDays(1);
    private static final int AT_ONCE = 100;

    private final EventNewsStore store;
    private final Webhooks webhooks;
    private final Startup startup;
    private final Clock clock;

    AnswersWebhook(EventNewsStore store, Webhooks webhooks, Startup startup, Clock clock) {
        this.store = store;
        this.webhooks = webhooks;
        this.startup = startup;
        this.clock = clock;
    }

    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> say() {
        return startup.isComplete() && webhooks.isWanted(NAME)
                ? WORK.attempt(
                        store.claimAllAnswered(clock.instant(), clock.instant().minus(PATIENCE), AT_ONCE)
                                .chain(this::deliver))
                : nothing();
    }

    private Uni<Void> deliver(List<AllAnswered> due) {
        List<String> topics =
                due.stream().map(each -> GroupEventTopics.topic(each.token())).toList();
        return due.isEmpty() ? nothing() : webhooks.deliver(NAME, topics).chain(() -> store.toldAllAnswered(due));
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }
}
