package dev.stagedoor.creator.session;

import dev.stagedoor.cache.Caches;
import dev.stagedoor.creator.CreatorTags;
import dev.stagedoor.creator.session.RatingStore.PageStart;
import dev.stagedoor.creator.session.Session.Party;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.db.Transactions;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Cursors;
import dev.stagedoor.platform.http.EntityTags;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.platform.http.Preconditions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What people thought of completed sessions: one rating of each, which its author may change. */
@ApplicationScoped
class RatingService {

    private static final UUID START = new UUID(-1, -1);

    private final RatingStore store;
    private final SessionStore sessions;
    private final Transactions transactions;
    private final EntityTags entityTags;
    private final Caches caches;
    private final Cursors cursors;
    private final Clock clock;

    RatingService(
            RatingStore store,
            SessionStore sessions,
            Transactions transactions,
            EntityTags entityTags,
            Caches caches,
            Cursors cursors,
            Clock clock) {
        this.store = store;
        this.sessions = sessions;
        this.transactions = transactions;
        this.entityTags = entityTags;
        this.caches = caches;
        this.cursors = cursors;
        this.clock = clock;
    }

    /** A rating, and whether there was none before. */
    record Rated(RatingView view, boolean isNew) {}

    Uni<RatingView> get(UUID sessionId, UUID personId) {
        return store.find(sessionId, personId).onItem().ifNull().failWith(() -> ApiException.notFound("rating"));
    }

    /** Of a creator, those of the latest booked sessions first. */
    Uni<Page<RatingView>> list(UUID creatorId, String cursor, int limit) {
        PageStart start = start(creatorId, cursor);
        return store.page(creatorId, start.before(), limit + 1).map(rows -> page(creatorId, rows, limit));
    }

    /** Where {@link #list} goes on; fails with 400 for a cursor that is none of this creator's ratings. */
    PageStart start(UUID creatorId, String cursor) {
        UUID before = cursor == null
                ? START
                : UUID.fromString(cursors.decode(listName(creatorId), cursor).get(0));
        return new PageStart(creatorId, before);
    }

    /** As {@link #list}, of many creators. */
    Uni<Map<PageStart, Page<RatingView>>> pages(Set<PageStart> starts, int limit) {
        return store.pages(starts, limit + 1)
                .map(found -> starts.stream()
                        .collect(Collectors.toMap(
                                start -> start,
                                start -> page(start.creatorId(), found.getOrDefault(start, List.of()), limit))));
    }

    private Page<RatingView> page(UUID creatorId, List<RatingView> rows, int limit) {
        return Page.of(rows, limit, last -> cursors.encode(listName(creatorId), last.sessionId()));
    }

    private static String listName(UUID creatorId) {
        return "ratings:" + creatorId;
    }

    /** By session, for who may see these; without those that are not rated. */
    Uni<Map<UUID, RatingView>> ofSessions(Set<UUID> sessionIds) {
        return store.findAll(sessionIds);
    }

    /** Rates a completed session, or changes what the caller, as the preconditions prove, has seen. */
    Uni<Rated> rate(UUID sessionId, UUID personId, Preconditions preconditions, RateSessionRequest request) {
        return transactions
                .run(transaction -> requireRatable(transaction, sessionId, personId)
                        .chain(session -> rate(transaction, session, preconditions, request)))
                .call(rated -> caches.invalidate(
                        CreatorTags.ofCountedSession(rated.view().creatorId())));
    }

    private Uni<Session> requireRatable(Transaction transaction, UUID sessionId, UUID personId) {
        return sessions.lock(transaction, sessionId).invoke(session -> {
            Party party = session == null ? null : session.party(personId);
            if (party == null) {
                throw SessionService.notFound();
            }
            session.requireRatable(party);
        });
    }

    private Uni<Rated> rate(
            Transaction transaction, Session session, Preconditions preconditions, RateSessionRequest request) {
        return store.find(transaction, session.id())
                .invoke(current -> entityTags.requireMatch(preconditions, current))
                .map(current -> new Rated(rated(session, current, request), current == null))
                .call(rated -> store.store(transaction, rated.view()));
    }

    private RatingView rated(Session session, RatingView current, RateSessionRequest request) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return current == null
                ? new RatingView(
                        session.id(),
                        session.creatorId(),
                        session.userId(),
                        request.stars(),
                        request.text(),
                        now,
                        now,
                        0)
                : current.replaced(request, now);
    }
}
