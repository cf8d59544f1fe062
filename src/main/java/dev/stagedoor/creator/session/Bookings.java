package dev.stagedoor.creator.session;

import dev.stagedoor.creator.BookableCreator;
import dev.stagedoor.creator.CreatorStore;
import dev.stagedoor.creator.Slot;
import dev.stagedoor.creator.session.Session.Party;
import dev.stagedoor.creator.session.Session.Step;
import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.wallet.api.TokenHolds;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Takes and gives time of a creator and what it costs, within a transaction; those of one creator one after the other. */
@ApplicationScoped
class Bookings {

    private static final UUID NONE = new UUID(0, 0);

    private final CreatorStore creators;
    private final SessionStore store;
    private final TokenHolds holds;
    private final SessionPolicy policy;
    private final Duration holdTtl;
    private final Ids ids;
    private final Clock clock;

    Bookings(CreatorStore creators, SessionStore store, TokenHolds holds, SessionConfig config, Ids ids, Clock clock) {
        this.creators = creators;
        this.store = store;
        this.holds = holds;
        this.policy = SessionPolicy.of(config);
        this.holdTtl = config.holdTtl();
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Books time, and holds what it costs. Fails with 400 for a time that is none to begin at, 404 where there is no such
     * creator, 409 where the time is not offered, or taken, or the user has too few tokens.
     */
    Uni<SessionView> book(Transaction transaction, Consumer<Event> events, UUID userId, UUID creatorId, Instant start) {
        return book(transaction, events, userId, creatorId, start, Bookings::requireOffered);
    }

    /** As {@link #book}, whatever the creator offers; fails with 409 where the time is shorter than a session. */
    Uni<SessionView> bookAgreed(
            Transaction transaction, Consumer<Event> events, UUID userId, UUID creatorId, Slot time) {
        return book(transaction, events, userId, creatorId, time.start(), (creator, session) -> {
            if (session.endsAt().isAfter(time.end())) {
                throw ApiException.conflict("time-too-short", "A session with this creator takes longer");
            }
        });
    }

    private Uni<SessionView> book(
            Transaction transaction,
            Consumer<Event> events,
            UUID userId,
            UUID creatorId,
            Instant start,
            BiConsumer<BookableCreator, Session> check) {
        Instant now = now();
        policy.requireBeginning(start, now);
        return requireNotTakenYet(transaction, creatorId, start, now)
                .chain(() -> requireCreator(transaction, creatorId))
                .map(creator -> held(creator, userId, start, now, check))
                .call(session -> requireFree(transaction, events, session, NONE, now))
                .chain(session -> hold(transaction, events, session))
                .call(session -> store.insert(transaction, session))
                .invoke(session -> SessionTopics.changed(session).forEach(events))
                .map(Session::toView);
    }

    /** Most of those who want what is taken find out without waiting for each other. */
    private Uni<Void> requireNotTakenYet(Transaction transaction, UUID creatorId, Instant start, Instant now) {
        Slot beginning = new Slot(start, start.plus(1, ChronoUnit.MINUTES));
        return store.isTaken(transaction, creatorId, beginning, NONE, now)
                .invoke(Bookings::requireNotTaken)
                .replaceWithVoid();
    }

    private static void requireNotTaken(boolean isTaken) {
        if (isTaken) {
            throw ApiException.conflict("slot-taken", "This time is taken");
        }
    }

    private Uni<BookableCreator> requireCreator(Transaction transaction, UUID creatorId) {
        return creators.lock(transaction, creatorId).onItem().ifNull().failWith(() -> ApiException.notFound("creator"));
    }

    private Session held(
            BookableCreator creator,
            UUID userId,
            Instant start,
            Instant now,
            BiConsumer<BookableCreator, Session> check) {
        if (creator.id().equals(userId)) {
            throw ApiException.invalid("creatorId", "must be someone else");
        }
        Session session = Session.held(ids.next(), creator, userId, start, holdTtl, policy, now);
        check.accept(creator, session);
        return session;
    }

    private static void requireOffered(BookableCreator creator, Session session) {
        if (!creator.schedule().covers(session.startsAt(), session.endsAt())) {
            throw ApiException.conflict("slot-not-offered", "This creator offers no session at this time");
        }
    }

    /** Holds that were not confirmed in time make way at once. */
    private Uni<Void> requireFree(
            Transaction transaction, Consumer<Event> events, Session session, UUID exceptId, Instant now) {
        return store.isTaken(transaction, session.creatorId(), session.time(), exceptId, now)
                .invoke(Bookings::requireNotTaken)
                .chain(() -> store.overdue(transaction, session.creatorId(), session.time(), now))
                .chain(overdue -> expire(transaction, events, overdue, exceptId));
    }

    private Uni<Void> expire(Transaction transaction, Consumer<Event> events, List<Session> overdue, UUID exceptId) {
        return Multi.createFrom()
                .iterable(overdue)
                .filter(session -> !session.id().equals(exceptId))
                .onItem()
                .transformToUniAndConcatenate(session -> apply(transaction, events, session.expire()))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Session> hold(Transaction transaction, Consumer<Event> events, Session session) {
        return session.isFree()
                ? Uni.createFrom().item(session)
                : holds.place(transaction, events, session.userId(), session.creatorId(), session.priceTokens())
                        .map(session::paidBy);
    }

    /** Moves a session that is locked to another time, or leaves it where it is. */
    Uni<SessionView> reschedule(
            Transaction transaction, Consumer<Event> events, Session session, Party party, Instant start) {
        Instant now = now();
        policy.requireBeginning(start, now);
        Step step = session.reschedule(party, start, now, policy);
        return requireCreator(transaction, session.creatorId())
                .invoke(creator -> requireOffered(creator, step.next()))
                .chain(() -> requireFree(transaction, events, step.next(), session.id(), now))
                .chain(() -> apply(transaction, events, step));
    }

    /** Stores what a step of a locked session led to, and settles what was held of its price. */
    Uni<SessionView> apply(Transaction transaction, Consumer<Event> events, Step step) {
        Session next = step.next();
        SessionTopics.changed(next).forEach(events);
        return store.update(transaction, next)
                .chain(() -> settle(transaction, events, step))
                .replaceWith(next.toView());
    }

    private Uni<Void> settle(Transaction transaction, Consumer<Event> events, Step step) {
        return step.charged() == null || step.next().isFree()
                ? Uni.createFrom().voidItem()
                : holds.settle(transaction, events, step.next().tokenHoldId(), step.charged());
    }

    /** As exact as PostgreSQL keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
