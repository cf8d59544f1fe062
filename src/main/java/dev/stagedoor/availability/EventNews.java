package dev.stagedoor.availability;

import dev.stagedoor.availability.GroupEventChanges.Locked;
import dev.stagedoor.platform.db.RecurringWork;
import dev.stagedoor.platform.lifecycle.Startup;
import dev.stagedoor.realtime.Outbox;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Tells who has the link of what changes: of the first change at once, of those that follow within a moment together. That
 * something is left to tell is part of the change, so that another node does where this one dies.
 */
@ApplicationScoped
class EventNews {

    static final Duration PAUSE = Duration.ofMillis(300);

    private static final RecurringWork WORK =
            new RecurringWork(Logger.getLogger(EventNews.class), "Nobody is told of a change of events");

    private static final int AT_ONCE = 1_000;

    /** As long a node has to tell of its own changes. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final EventNewsStore store;
    private final Outbox outbox;
    private final Vertx vertx;
    private final Startup startup;
    private final Clock clock;

    /** Events that this node tells of at the end of the pause. */
    private final Set<UUID> pausing = ConcurrentHashMap.newKeySet();

    EventNews(EventNewsStore store, Outbox outbox, Vertx vertx, Startup startup, Clock clock) {
        this.store = store;
        this.outbox = outbox;
        this.vertx = vertx;
        this.startup = startup;
        this.clock = clock;
    }

    Uni<Void> changed(Locked locked) {
        GroupEvent event = locked.event();
        return store.changed(locked.transaction(), event.id(), locked.now(), PAUSE)
                .invoke(isLater -> {
                    if (isLater) {
                        tellLater(event.id());
                    } else {
                        locked.events().accept(GroupEventTopics.changed(event.token()));
                    }
                })
                .replaceWithVoid();
    }

    private void tellLater(UUID eventId) {
        if (pausing.add(eventId)) {
            vertx.setTimer(PAUSE.toMillis(), timer -> {
                pausing.remove(eventId);
                WORK.begin(tell(eventId));
            });
        }
    }

    private Uni<Void> tell(UUID eventId) {
        return outbox.<String>inTransaction((transaction, events) -> store.take(transaction, eventId, clock.instant())
                        .invoke(token -> {
                            if (token != null) {
                                events.accept(GroupEventTopics.changed(token));
                            }
                        }))
                .replaceWithVoid();
    }

    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tellWhatIsLeft() {
        return startup.isComplete()
                ? WORK.attempt(store.left(clock.instant().minus(PATIENCE), AT_ONCE)
                        .chain(left -> WORK.attemptEach(left, this::tell)))
                : Uni.createFrom().voidItem();
    }
}
