package dev.stagedoor.creator.session;

import dev.stagedoor.cache.Caches;
import dev.stagedoor.creator.CreatorTags;
import dev.stagedoor.creator.session.Session.Party;
import dev.stagedoor.creator.session.Session.Step;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Cursors;
import dev.stagedoor.platform.http.Idempotency;
import dev.stagedoor.platform.http.Idempotency.Outcome;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.realtime.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Books sessions and takes them from step to step. */
@ApplicationScoped
class SessionService {

    private static final UUID START = new UUID(-1, -1);

    private final SessionQueries queries;
    private final SessionStore store;
    private final Bookings bookings;
    private final SessionPolicy policy;
    private final Idempotency idempotency;
    private final Outbox outbox;
    private final Caches caches;
    private final Cursors cursors;
    private final Clock clock;

    SessionService(
            SessionQueries queries,
            SessionStore store,
            Bookings bookings,
            SessionConfig config,
            Idempotency idempotency,
            Outbox outbox,
            Caches caches,
            Cursors cursors,
            Clock clock) {
        this.queries = queries;
        this.store = store;
        this.bookings = bookings;
        this.policy = SessionPolicy.of(config);
        this.idempotency = idempotency;
        this.outbox = outbox;
        this.caches = caches;
        this.cursors = cursors;
        this.clock = clock;
    }

    /** Whom a change of a session is asked of. */
    private record Found(Session session, Party party) {}

    Uni<SessionView> get(UUID id, UUID personId) {
        return queries.find(id, personId).onItem().ifNull().failWith(SessionService::notFound);
    }

    /**
     * Those that someone has booked or gives, newest first.
     *
     * @param status null for all
     */
    Uni<Page<SessionView>> list(UUID personId, String status, String cursor, int limit) {
        String list = "sessions:" + personId + ":" + status;
        return queries.page(personId, status, before(list, cursor), limit + 1).map(rows -> page(list, rows, limit));
    }

    /**
     * The newest of each person that the caller takes part in too; of the caller, of all.
     *
     * @param status null for all
     */
    Uni<Map<UUID, List<SessionView>>> newest(UUID callerId, Set<UUID> people, String status, int limit) {
        return queries.pages(callerId, people, status, START, limit)
                .map(found ->
                        people.stream().collect(Collectors.toMap(id -> id, id -> found.getOrDefault(id, List.of()))));
    }

    /**
     * As {@link #list}, those that someone else takes part in too.
     *
     * @param status null for all
     */
    Uni<Page<SessionView>> listWith(UUID otherId, UUID personId, String status, String cursor, int limit) {
        String list = "sessions:" + personId + ":" + status + ":" + otherId;
        return queries.pages(personId, Set.of(otherId), status, before(list, cursor), limit + 1)
                .map(found -> found.getOrDefault(otherId, List.of()))
                .map(rows -> page(list, rows, limit));
    }

    private UUID before(String list, String cursor) {
        return cursor == null
                ? START
                : UUID.fromString(cursors.decode(list, cursor).get(0));
    }

    private Page<SessionView> page(String list, List<SessionView> rows, int limit) {
        return Page.of(rows, limit, last -> cursors.encode(list, last.id()));
    }

    /** Books time of a creator; it is kept until it is confirmed, or expires. */
    Uni<Outcome<SessionView>> book(UUID userId, BookSessionRequest request, Idempotency.Key key) {
        Instant start = request.start();
        return outbox.<Outcome<SessionView>>inTransaction((transaction, events) -> idempotency.once(
                        transaction,
                        key,
                        request,
                        SessionView.class,
                        () -> bookings.book(transaction, events, userId, request.creatorId(), start)))
                .plug(caches.invalidating(CreatorTags.slots(request.creatorId())));
    }

    Uni<Outcome<SessionView>> confirm(UUID id, UUID personId, Idempotency.Key key) {
        return step(id, personId, key, (session, party) -> session.confirm(party, clock.instant()));
    }

    Uni<Outcome<SessionView>> cancel(UUID id, UUID personId, Idempotency.Key key) {
        return step(id, personId, key, (session, party) -> session.cancel(party, clock.instant(), policy));
    }

    Uni<Outcome<SessionView>> start(UUID id, UUID personId, Idempotency.Key key) {
        return step(id, personId, key, (session, party) -> session.start(clock.instant(), policy));
    }

    Uni<Outcome<SessionView>> complete(UUID id, UUID personId, Idempotency.Key key) {
        return step(id, personId, key, (session, party) -> session.complete());
    }

    Uni<Outcome<SessionView>> noShow(UUID id, UUID personId, Idempotency.Key key) {
        return step(id, personId, key, (session, party) -> session.noShow(party, clock.instant(), policy));
    }

    private Uni<Outcome<SessionView>> step(
            UUID id, UUID personId, Idempotency.Key key, BiFunction<Session, Party, Step> step) {
        return outbox.<Outcome<SessionView>>inTransaction((transaction, events) -> idempotency.once(
                        transaction,
                        key,
                        id,
                        SessionView.class,
                        () -> require(transaction, id, personId)
                                .map(found -> step.apply(found.session(), found.party()))
                                .chain(next -> bookings.apply(transaction, events, next))))
                .call(this::invalidate);
    }

    /** Moves a session to another time, or fails and leaves it where it is. */
    Uni<Outcome<SessionView>> reschedule(UUID id, UUID personId, RescheduleRequest request, Idempotency.Key key) {
        Instant start = request.start();
        return outbox.<Outcome<SessionView>>inTransaction((transaction, events) -> idempotency.once(
                        transaction,
                        key,
                        request,
                        SessionView.class,
                        () -> require(transaction, id, personId)
                                .chain(found -> bookings.reschedule(
                                        transaction, events, found.session(), found.party(), start))))
                .call(this::invalidate);
    }

    private Uni<Found> require(Transaction transaction, UUID id, UUID personId) {
        return store.lock(transaction, id).map(session -> {
            Party party = session == null ? null : session.party(personId);
            if (party == null) {
                throw notFound();
            }
            return new Found(session, party);
        });
    }

    private Uni<Void> invalidate(Outcome<SessionView> outcome) {
        return caches.invalidate(SessionTopics.stale(outcome.value()));
    }

    static ApiException notFound() {
        return ApiException.notFound("session");
    }
}
