package dev.stagedoor.availability;

import dev.stagedoor.cache.Caches;
import dev.stagedoor.platform.db.RecurringWork;
import dev.stagedoor.platform.lifecycle.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.jboss.logging.Logger;

/** Deletes events that have expired, some at once. Every node does so. */
@ApplicationScoped
class EventPurge {

    private static final RecurringWork WORK =
            new RecurringWork(Logger.getLogger(EventPurge.class), "Events that have expired are not deleted");

    private static final int AT_ONCE = 100;

    private final EventPurgeStore store;
    private final Caches caches;
    private final Startup startup;
    private final Clock clock;

    EventPurge(EventPurgeStore store, Caches caches, Startup startup, Clock clock) {
        this.store = store;
        this.caches = caches;
        this.startup = startup;
        this.clock = clock;
    }

    @Scheduled(every = "1m", delayed = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> purge() {
        return startup.isComplete()
                ? WORK.attempt(Multi.createBy()
                        .repeating()
                        .uni(this::purgeSome)
                        .whilst(wasFull -> wasFull)
                        .onItem()
                        .ignoreAsUni())
                : Uni.createFrom().voidItem();
    }

    /** Emits whether there may be more. */
    private Uni<Boolean> purgeSome() {
        return store.purge(clock.instant(), AT_ONCE)
                .call(tags -> tags.isEmpty() ? Uni.createFrom().voidItem() : caches.invalidate(tags))
                .map(List::size)
                .map(deleted -> deleted == AT_ONCE);
    }
}
