package dev.stagedoor.creator.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagedoor.creator.session.Session.Party;
import dev.stagedoor.creator.session.Session.Step;
import dev.stagedoor.platform.http.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SessionTest {

    private static final Instant START = Instant.parse("2026-12-01T10:00:00Z");
    private static final Instant BEFORE = START.minus(Duration.ofDays(2));
    private static final Instant AFTER = START.plusSeconds(1);
    private static final Instant ABSENT = START.plus(Duration.ofMinutes(10));
    private static final SessionPolicy POLICY = policy(50);

    private static SessionPolicy policy(int lateRefundPercent) {
        return new SessionPolicy(
                Duration.ofDays(1),
                lateRefundPercent,
                Duration.ofDays(9),
                Duration.ofMinutes(10),
                Duration.ofDays(366));
    }

    private static Session session(SessionStatus status, long price) {
        return new Session(
                new UUID(0, 1),
                new UUID(0, 2),
                new UUID(0, 3),
                status,
                START,
                START.plus(Duration.ofHours(1)),
                price,
                new UUID(0, 4),
                START,
                POLICY.refundableUntil(START),
                BEFORE,
                4);
    }

    /** What may follow what: all else is refused. */
    static Stream<Arguments> steps() {
        return Stream.of(
                Arguments.of(
                        "confirm",
                        (Function<Session, Step>) s -> s.confirm(Party.USER, BEFORE),
                        Map.of(SessionStatus.HOLD, SessionStatus.CONFIRMED)),
                Arguments.of(
                        "cancel",
                        (Function<Session, Step>) s -> s.cancel(Party.CREATOR, BEFORE, POLICY),
                        Map.of(
                                SessionStatus.HOLD, SessionStatus.CANCELLED,
                                SessionStatus.CONFIRMED, SessionStatus.CANCELLED,
                                SessionStatus.IN_PROGRESS, SessionStatus.CANCELLED)),
                Arguments.of(
                        "start",
                        (Function<Session, Step>) s -> s.start(BEFORE, POLICY),
                        Map.of(SessionStatus.CONFIRMED, SessionStatus.IN_PROGRESS)),
                Arguments.of(
                        "complete",
                        (Function<Session, Step>) Session::complete,
                        Map.of(SessionStatus.IN_PROGRESS, SessionStatus.COMPLETED)),
                Arguments.of(
                        "no-show",
                        (Function<Session, Step>) s -> s.noShow(Party.USER, ABSENT, POLICY),
                        Map.of(SessionStatus.CONFIRMED, SessionStatus.NO_SHOW)),
                Arguments.of(
                        "expire",
                        (Function<Session, Step>) Session::expire,
                        Map.of(
                                SessionStatus.HOLD, SessionStatus.EXPIRED,
                                SessionStatus.CONFIRMED, SessionStatus.EXPIRED)),
                Arguments.of(
                        "reschedule",
                        (Function<Session, Step>) s -> s.reschedule(Party.USER, AFTER, BEFORE, POLICY),
                        Map.of(
                                SessionStatus.HOLD, SessionStatus.HOLD,
                                SessionStatus.CONFIRMED, SessionStatus.CONFIRMED)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void eachStepLeadsFromSomeStatusesAndFromNoOther(
            String name, Function<Session, Step> step, Map<SessionStatus, SessionStatus> allowed) {
        Set<SessionStatus> others = EnumSet.allOf(SessionStatus.class);
        others.removeAll(allowed.keySet());

        allowed.forEach((from, to) -> {
            Session next = step.apply(session(from, 100)).next();
            assertThat(next.status()).isEqualTo(to);
            assertThat(next.version()).isEqualTo(5);
        });
        assertThat(others)
                .allSatisfy(from -> assertThatThrownBy(() -> step.apply(session(from, 100)))
                        .isInstanceOfSatisfying(
                                ApiException.class,
                                refusal -> assertThat(refusal.code()).isEqualTo("illegal-step")));
    }

    @ParameterizedTest
    @CsvSource({
        // seconds before the beginning, refund in percent, price, charged
        "86400, 50, 100, 0",
        "86399, 50, 100, 50",
        "86399, 50, 101, 50",
        "86399, 0, 101, 101",
        "86399, 100, 101, 0",
        "86399, 33, 1, 0",
        "86399, 1, 1000000000, 990000000",
        "1, 50, 100, 50",
        "0, 50, 100, 100",
        "-1, 50, 100, 100"
    })
    void whoCancelsPaysByHowLateItIs(long secondsBefore, int refundPercent, long price, long charged) {
        Step step = session(SessionStatus.CONFIRMED, price)
                .cancel(Party.USER, START.minusSeconds(secondsBefore), policy(refundPercent));
        assertThat(step.charged()).isEqualTo(charged);
    }

    @Test
    void aHoldIsCancelledForNothingHoweverLate() {
        assertThat(session(SessionStatus.HOLD, 100)
                        .cancel(Party.USER, START.minusSeconds(1), POLICY)
                        .charged())
                .isZero();
    }

    @Test
    void aHoldIsConfirmedInTimeOnly() {
        Session hold = session(SessionStatus.HOLD, 100);
        assertThat(hold.confirm(Party.USER, START.minusNanos(1)).charged()).isNull();
        assertThatThrownBy(() -> hold.confirm(Party.USER, START)).hasMessageContaining("in time");
        assertThat(hold.expireIfDue(START.minusNanos(1))).isEmpty();
        assertThat(hold.expireIfDue(START)).isPresent();
    }

    @Test
    void whatHasRunOutIsNotMovedEither() {
        Session hold = session(SessionStatus.HOLD, 100);
        assertThatThrownBy(() -> hold.reschedule(Party.USER, AFTER, START, POLICY))
                .hasMessageContaining("in time");
    }

    @Test
    void nobodyIsAbsentTooEarlyAndNothingBeginsBeforeItMay() {
        SessionPolicy strict = new SessionPolicy(
                Duration.ofDays(1), 50, Duration.ofMinutes(15), Duration.ofMinutes(10), Duration.ofDays(366));
        Session confirmed = session(SessionStatus.CONFIRMED, 100);

        assertThatThrownBy(() -> confirmed.noShow(Party.USER, ABSENT.minusNanos(1), strict))
                .hasMessageContaining("too early");
        assertThatThrownBy(() -> confirmed.start(START.minusSeconds(15 * 60 + 1), strict))
                .hasMessageContaining("too early");
        assertThat(confirmed.start(START.minusSeconds(15 * 60), strict).next().status())
                .isEqualTo(SessionStatus.IN_PROGRESS);
    }

    @Test
    void whatWasStartedEarlyIsStillCancelledByWhoBookedIt() {
        Session early = session(SessionStatus.IN_PROGRESS, 100);
        assertThat(early.cancel(Party.USER, START.minus(Duration.ofDays(1)), POLICY)
                        .charged())
                .isZero();
        assertThat(early.cancel(Party.USER, START.minusSeconds(1), POLICY).charged())
                .isEqualTo(50);
        assertThatThrownBy(() -> early.cancel(Party.USER, START, POLICY)).hasMessageContaining("Only its creator");
    }

    @Test
    void whatIsOverIsSettledByWhetherItBegan() {
        Instant end = START.plus(Duration.ofHours(1));
        assertThat(session(SessionStatus.IN_PROGRESS, 100)
                        .settleIfDue(end)
                        .orElseThrow()
                        .charged())
                .isEqualTo(100);
        assertThat(session(SessionStatus.CONFIRMED, 100)
                        .settleIfDue(end)
                        .orElseThrow()
                        .charged())
                .isZero();
        assertThat(session(SessionStatus.CONFIRMED, 100).settleIfDue(end.minusNanos(1)))
                .isEmpty();
        assertThat(session(SessionStatus.COMPLETED, 100).settleIfDue(end)).isEmpty();
    }

    @Test
    void aLaterTimeIsCancelledForNothingOnlyIfTheFirstOneStillWas() {
        Instant later = START.plus(Duration.ofDays(7));
        Session confirmed = session(SessionStatus.CONFIRMED, 100);

        assertThat(confirmed
                        .reschedule(Party.USER, later, BEFORE, POLICY)
                        .next()
                        .refundableUntil())
                .isEqualTo(later.minus(Duration.ofDays(1)));
        assertThat(confirmed
                        .reschedule(Party.USER, later, START.minusSeconds(60), POLICY)
                        .next()
                        .refundableUntil())
                .isEqualTo(confirmed.refundableUntil());
        assertThatThrownBy(() -> confirmed.reschedule(Party.USER, later, START, POLICY))
                .hasMessageContaining("after its beginning");
    }
}
