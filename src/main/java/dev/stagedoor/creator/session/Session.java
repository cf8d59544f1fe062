package dev.stagedoor.creator.session;

import dev.stagedoor.creator.BookableCreator;
import dev.stagedoor.creator.Slot;
import dev.stagedoor.platform.http.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Booked time with a creator. The steps that lead from one status to another are here, and nowhere else.
 *
 * @param tokenHoldId what is held of its price; null where it is free
 * @param holdExpiresAt until when a hold is to be confirmed
 * @param refundableUntil until when it is cancelled for nothing
 */
record Session(
        UUID id,
        UUID creatorId,
        UUID userId,
        SessionStatus status,
        Instant startsAt,
        Instant endsAt,
        long priceTokens,
        UUID tokenHoldId,
        Instant holdExpiresAt,
        Instant refundableUntil,
        Instant createdAt,
        int version) {

    /** What someone is to a session. */
    enum Party {
        USER,
        CREATOR
    }

    /**
     * What a step leads to.
     *
     * @param charged what the creator gets of the price, the others go back; null where that is not decided yet
     */
    record Step(Session next, Long charged) {}

    /** New, until it is confirmed. */
    static Session held(
            UUID id,
            BookableCreator creator,
            UUID userId,
            Instant startsAt,
            Duration ttl,
            SessionPolicy policy,
            Instant now) {
        return new Session(
                id,
                creator.id(),
                userId,
                SessionStatus.HOLD,
                startsAt,
                startsAt.plus(Duration.ofMinutes(creator.sessionMinutes())),
                creator.priceTokens(),
                null,
                now.plus(ttl),
                policy.refundableUntil(startsAt),
                now,
                0);
    }

    Slot time() {
        return new Slot(startsAt, endsAt);
    }

    boolean isFree() {
        return priceTokens == 0;
    }

    Session paidBy(UUID hold) {
        return new Session(
                id,
                creatorId,
                userId,
                status,
                startsAt,
                endsAt,
                priceTokens,
                hold,
                holdExpiresAt,
                refundableUntil,
                createdAt,
                version);
    }

    /** What this one is to the session; null where they have nothing to do with it. */
    Party party(UUID personId) {
        if (personId.equals(userId)) {
            return Party.USER;
        }
        return personId.equals(creatorId) ? Party.CREATOR : null;
    }

    Step confirm(Party party, Instant now) {
        requireStatus("confirmed", SessionStatus.HOLD);
        requireParty(party, Party.USER, "Only who has booked a session confirms it");
        requireInTime(now);
        return new Step(to(SessionStatus.CONFIRMED), null);
    }

    /** Creators give everything back; of one in progress, only they decide once its time has come. */
    Step cancel(Party party, Instant now, SessionPolicy policy) {
        requireStatus("cancelled", SessionStatus.HOLD, SessionStatus.CONFIRMED, SessionStatus.IN_PROGRESS);
        if (status == SessionStatus.IN_PROGRESS && !now.isBefore(startsAt)) {
            requireParty(party, Party.CREATOR, "Only its creator cancels a session that is in progress");
        }
        boolean isFree = party == Party.CREATOR || status == SessionStatus.HOLD;
        return new Step(to(SessionStatus.CANCELLED), isFree ? 0L : policy.charge(this, now));
    }

    Step start(Instant now, SessionPolicy policy) {
        requireStatus("started", SessionStatus.CONFIRMED);
        if (!policy.isStartable(this, now)) {
            throw ApiException.conflict("session-not-due", "It is too early to start this session");
        }
        return new Step(to(SessionStatus.IN_PROGRESS), null);
    }

    Step complete() {
        requireStatus("completed", SessionStatus.IN_PROGRESS);
        return new Step(to(SessionStatus.COMPLETED), priceTokens);
    }

    /** Each says of the other that they did not come: who has booked pays then, or gets everything back. */
    Step noShow(Party party, Instant now, SessionPolicy policy) {
        requireStatus("a no-show", SessionStatus.CONFIRMED);
        if (!policy.isAbsent(this, now)) {
            throw ApiException.conflict("session-not-due", "It is too early to say that someone did not come");
        }
        return new Step(to(SessionStatus.NO_SHOW), party == Party.CREATOR ? priceTokens : 0L);
    }

    /** What was not confirmed in time, or did not begin. */
    Step expire() {
        requireStatus("expired", SessionStatus.HOLD, SessionStatus.CONFIRMED);
        return new Step(to(SessionStatus.EXPIRED), 0L);
    }

    /** Empty unless it is a hold that was not confirmed in time. */
    Optional<Step> expireIfDue(Instant now) {
        return status == SessionStatus.HOLD && !now.isBefore(holdExpiresAt) ? Optional.of(expire()) : Optional.empty();
    }

    /** What ended before a moment and nobody ended: it took place if it began. Empty where there is nothing to settle. */
    Optional<Step> settleIfDue(Instant endedBefore) {
        if (endsAt.isAfter(endedBefore)) {
            return Optional.empty();
        }
        return switch (status) {
            case IN_PROGRESS -> Optional.of(complete());
            case CONFIRMED -> Optional.of(expire());
            default -> Optional.empty();
        };
    }

    /** The time becomes another; to cancel it for nothing gets no easier by that. */
    Step reschedule(Party party, Instant newStart, Instant now, SessionPolicy policy) {
        requireStatus("rescheduled", SessionStatus.HOLD, SessionStatus.CONFIRMED);
        requireParty(party, Party.USER, "Only who has booked a session reschedules it");
        requireInTime(now);
        if (!now.isBefore(startsAt)) {
            throw ApiException.conflict("session-has-begun", "A session is not rescheduled after its beginning");
        }
        Instant refundable = now.isAfter(refundableUntil) ? refundableUntil : policy.refundableUntil(newStart);
        Instant newEnd = newStart.plus(Duration.between(startsAt, endsAt));
        return new Step(
                new Session(
                        id,
                        creatorId,
                        userId,
                        status,
                        newStart,
                        newEnd,
                        priceTokens,
                        tokenHoldId,
                        holdExpiresAt,
                        refundable,
                        createdAt,
                        version + 1),
                null);
    }

    /** Fails unless it is completed, and this is who has booked it. */
    void requireRatable(Party party) {
        requireParty(party, Party.USER, "Only who has booked a session rates it");
        if (status != SessionStatus.COMPLETED) {
            throw ApiException.conflict("session-not-completed", "A session is rated after it was completed");
        }
    }

    private void requireInTime(Instant now) {
        if (status == SessionStatus.HOLD && !now.isBefore(holdExpiresAt)) {
            throw ApiException.conflict("hold-expired", "This session was not confirmed in time");
        }
    }

    private void requireStatus(String step, SessionStatus... allowed) {
        if (!Set.of(allowed).contains(status)) {
            throw ApiException.conflict(
                    "illegal-step", "A session that is " + status.wireName() + " cannot become " + step);
        }
    }

    private static void requireParty(Party party, Party allowed, String refusal) {
        if (party != allowed) {
            throw ApiException.forbidden(refusal);
        }
    }

    private Session to(SessionStatus next) {
        return new Session(
                id,
                creatorId,
                userId,
                next,
                startsAt,
                endsAt,
                priceTokens,
                tokenHoldId,
                holdExpiresAt,
                refundableUntil,
                createdAt,
                version + 1);
    }

    SessionView toView() {
        return new SessionView(
                id,
                creatorId,
                userId,
                status.wireName(),
                startsAt,
                endsAt,
                priceTokens,
                status == SessionStatus.HOLD ? holdExpiresAt : null,
                refundableUntil,
                createdAt,
                version);
    }
}
