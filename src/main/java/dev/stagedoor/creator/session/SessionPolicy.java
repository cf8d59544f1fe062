package dev.stagedoor.creator.session;

import dev.stagedoor.platform.http.ApiException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When steps of a session may be taken, and what is paid where someone who has booked it cancels.
 *
 * @param freeCancellation before the beginning: until then, nothing is
 * @param lateRefundPercent what goes back later than that, but before the beginning
 * @param earlyStart how long before its beginning it may be started
 * @param noShowAfter how long after its beginning someone counts as absent
 * @param horizon how far ahead it may begin
 */
record SessionPolicy(
        Duration freeCancellation, int lateRefundPercent, Duration earlyStart, Duration noShowAfter, Duration horizon) {

    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    static SessionPolicy of(SessionConfig config) {
        return new SessionPolicy(
                config.freeCancellation(),
                config.lateRefundPercent(),
                config.earlyStart(),
                config.noShowAfter(),
                config.horizon());
    }

    /** Fails with 400 for a time at which no session begins. */
    void requireBeginning(Instant start, Instant now) {
        if (!start.equals(start.truncatedTo(ChronoUnit.MINUTES))) {
            throw ApiException.invalid("startsAt", "must be a whole minute");
        }
        if (!start.isAfter(now) || start.isAfter(now.plus(horizon))) {
            throw ApiException.invalid("startsAt", "must be in the future, within " + horizon.toDays() + " days");
        }
    }

    boolean isStartable(Session session, Instant now) {
        return !now.isBefore(session.startsAt().minus(earlyStart));
    }

    boolean isAbsent(Session session, Instant now) {
        return !now.isBefore(session.startsAt().plus(noShowAfter));
    }

    /** Until when a session that is booked for this time is cancelled for nothing. */
    Instant refundableUntil(Instant startsAt) {
        return startsAt.minus(freeCancellation);
    }

    /** What the creator gets, in tokens: nothing in time, everything after the beginning, and a part between. */
    long charge(Session session, Instant now) {
        if (!now.isAfter(session.refundableUntil())) {
            return 0;
        }
        return now.isBefore(session.startsAt())
                ? session.priceTokens() - refund(session.priceTokens())
                : session.priceTokens();
    }

    /** Rounded up: the doubt is in favour of who has paid. */
    private long refund(long price) {
        return BigInteger.valueOf(price)
                .multiply(BigInteger.valueOf(lateRefundPercent))
                .add(HUNDRED.subtract(BigInteger.ONE))
                .divide(HUNDRED)
                .longValueExact();
    }
}
