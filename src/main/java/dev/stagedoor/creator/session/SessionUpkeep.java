package dev.stagedoor.creator.session;

import dev.stagedoor.cache.Caches;
import dev.stagedoor.creator.session.Session.Step;
import dev.stagedoor.platform.db.RecurringWork;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.lifecycle.Startup;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.Outbox;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Ends what nobody ended: holds that were not confirmed, and sessions that are over. Every node does so. */
@ApplicationScoped
class SessionUpkeep {

    private static final RecurringWork UPKEEP =
            new RecurringWork(Logger.getLogger(SessionUpkeep.class), "Sessions do not end by themselves");

    private static final int AT_ONCE = 1_000;

    private final SessionStore store;
    private final Bookings bookings;
    private final Outbox outbox;
    private final Caches caches;
    private final Startup startup;
    private final Duration settleAfter;
    private final Clock clock;

    SessionUpkeep(
            SessionStore store,
            Bookings bookings,
            Outbox outbox,
            Caches caches,
            Startup startup,
            SessionConfig config,
            Clock clock) {
        this.store = store;
        this.bookings = bookings;
        this.outbox = outbox;
        this.caches = caches;
        this.startup = startup;
        this.settleAfter = config.settleAfter();
        this.clock = clock;
    }

    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> expireHolds() {
        Instant now = clock.instant();
        return endAll(() -> store.dueHolds(now, AT_ONCE), session -> session.expireIfDue(now));
    }

    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> settle() {
        Instant endedBefore = clock.instant().minus(settleAfter);
        return endAll(() -> store.dueSettlements(endedBefore, AT_ONCE), session -> session.settleIfDue(endedBefore));
    }

    private Uni<Void> endAll(Supplier<Uni<List<UUID>>> due, Function<Session, Optional<Step>> step) {
        if (!startup.isComplete()) {
            return Uni.createFrom().voidItem();
        }
        return UPKEEP.attempt(due.get().chain(ids -> UPKEEP.attemptEach(ids, id -> end(id, step))));
    }

    /** Another node may have done it, or someone another step, since it was found due. */
    private Uni<Void> end(UUID id, Function<Session, Optional<Step>> step) {
        return outbox.<Optional<SessionView>>inTransaction((transaction, events) ->
                        store.lock(transaction, id).map(step).chain(next -> apply(transaction, events, next)))
                .call(this::invalidate)
                .replaceWithVoid();
    }

    private Uni<Optional<SessionView>> apply(Transaction transaction, Consumer<Event> events, Optional<Step> step) {
        return step.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : bookings.apply(transaction, events, step.get()).map(Optional::of);
    }

    private Uni<Void> invalidate(Optional<SessionView> ended) {
        return ended.isEmpty() ? Uni.createFrom().voidItem() : caches.invalidate(SessionTopics.stale(ended.get()));
    }
}
