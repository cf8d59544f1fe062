package dev.stagedoor.availability;

import dev.stagedoor.cache.Caches;
import dev.stagedoor.creator.api.AgreedSessions;
import dev.stagedoor.creator.api.AgreedSessions.AgreedSession;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Idempotency;
import dev.stagedoor.platform.http.Idempotency.Outcome;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Consumer;

/** Makes booked sessions of events that a creator organizes: it is decided when, and whoever takes part pays. */
@ApplicationScoped
class EventSessionService {

    private final GroupEventService service;
    private final GroupEventStore store;
    private final GroupEventChanges changes;
    private final AgreedSessions sessions;
    private final Idempotency idempotency;
    private final Outbox outbox;
    private final Caches caches;

    EventSessionService(
            GroupEventService service,
            GroupEventStore store,
            GroupEventChanges changes,
            AgreedSessions sessions,
            Idempotency idempotency,
            Outbox outbox,
            Caches caches) {
        this.service = service;
        this.store = store;
        this.changes = changes;
        this.sessions = sessions;
        this.idempotency = idempotency;
        this.outbox = outbox;
        this.caches = caches;
    }

    /**
     * Books for a user who takes part. Fails with 403 for others, with 409 where it is not decided when it will be, or nobody
     * can book that.
     */
    Uni<Outcome<AgreedSession>> book(String token, Viewer viewer, Idempotency.Key key) {
        return service.find(token)
                .chain(event -> outbox.<Outcome<AgreedSession>>inTransaction((transaction, events) -> idempotency.once(
                                transaction,
                                key,
                                token,
                                AgreedSession.class,
                                () -> book(transaction, events, token, viewer)))
                        .plug(caches.invalidating(
                                event.ownerId() == null ? List.of() : sessions.stale(event.ownerId()))));
    }

    /** The event stays locked: nobody reopens it meanwhile. */
    private Uni<AgreedSession> book(Transaction transaction, Consumer<Event> events, String token, Viewer viewer) {
        return store.lock(transaction, token, changes.now())
                .onItem()
                .ifNull()
                .failWith(GroupEventService::notFound)
                .invoke(event -> requireBookable(event, viewer))
                .chain(event -> {
                    Slot time = event.finalMoments();
                    return sessions.book(
                            transaction, events, viewer.userId(), event.ownerId(), time.start(), time.end());
                });
    }

    private static void requireBookable(GroupEvent event, Viewer viewer) {
        if (event.participants().stream().noneMatch(viewer::isUser)) {
            throw ApiException.forbidden("Only users who take part book this");
        }
        if (!event.isFinalized()) {
            throw ApiException.conflict("event-not-finalized", "It is not decided when it will be");
        }
        if (event.ownerId() == null || event.settings().time().isOfAnyWeek()) {
            throw ApiException.conflict(
                    "event-not-bookable", "Only what a creator organizes, of dates or of a week, becomes a session");
        }
    }
}
