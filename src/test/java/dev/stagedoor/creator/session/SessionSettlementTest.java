package dev.stagedoor.creator.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Sessions;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Tokens;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@StagedoorTest
class SessionSettlementTest {

    private Person creator;
    private Person user;

    @BeforeEach
    void signUp() {
        creator = Sessions.alwaysFree();
        user = Tokens.rich(250);
    }

    private void assertTokens(long balance, long held, long earned) {
        assertThat(List.of(Tokens.balance(user), Tokens.held(user), Tokens.balance(creator)))
                .containsExactly(balance, held, earned);
        assertThat(Tokens.wrongs()).isEmpty();
    }

    @Test
    void whoCancelsInTimeGetsEverythingBack() {
        Instant start = Sessions.inDays(3);
        String id = Sessions.confirmed(user, creator, start);

        Sessions.step(user, id, "cancel").then().statusCode(200).body("status", equalTo("cancelled"));

        assertTokens(250, 0, 0);
        Sessions.book(user, creator, start).then().statusCode(201);
    }

    @Test
    void whoCancelsLateGetsHalfBack() {
        String id = Sessions.confirmed(user, creator, Sessions.inDays(3));
        Sessions.age(id, "60 hours");

        Sessions.step(user, id, "cancel").then().statusCode(200);

        assertTokens(200, 0, 50);
    }

    @Test
    void whoCancelsAfterTheBeginningGetsNothingBack() {
        String id = Sessions.confirmed(user, creator, Sessions.inDays(3));
        Sessions.age(id, "73 hours");

        Sessions.step(user, id, "cancel").then().statusCode(200);

        assertTokens(150, 0, 100);
    }

    @Test
    void aCreatorWhoCancelsGivesEverythingBackAtAnyTime() {
        String id = Sessions.confirmed(user, creator, Sessions.inDays(3));
        Sessions.age(id, "73 hours");
        Sessions.step(creator, id, "start").then().statusCode(200);

        Sessions.step(user, id, "cancel").then().statusCode(403);
        Sessions.step(creator, id, "cancel").then().statusCode(200);

        assertTokens(250, 0, 0);
    }

    @Test
    void reschedulingLateDoesNotMakeCancellingFree() {
        String id = Sessions.confirmed(user, creator, Sessions.inDays(3));
        Sessions.age(id, "60 hours");

        Sessions.reschedule(user, id, Sessions.inDays(9)).then().statusCode(200);
        Sessions.step(user, id, "cancel").then().statusCode(200);

        assertTokens(200, 0, 50);
    }

    @Test
    void reschedulingMovesASessionOrLeavesItWhereItIs() {
        Instant start = Sessions.inDays(3);
        Person other = Tokens.rich(200);
        String id = Sessions.confirmed(user, creator, start);
        Sessions.book(other, creator, start.plus(2, ChronoUnit.HOURS)).then().statusCode(201);

        Sessions.reschedule(user, id, start.plus(90, ChronoUnit.MINUTES))
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:stagedoor:problem:slot-taken"));
        Sessions.book(other, creator, start).then().statusCode(409);
        Sessions.reschedule(user, id, start.plus(30, ChronoUnit.MINUTES))
                .then()
                .statusCode(200)
                .body("status", equalTo("confirmed"))
                .body("startsAt", equalTo(start.plus(30, ChronoUnit.MINUTES).toString()));
        Sessions.reschedule(creator, id, start).then().statusCode(403);
        Sessions.book(other, creator, start.minus(30, ChronoUnit.MINUTES))
                .then()
                .statusCode(201);

        assertTokens(150, 100, 0);
    }

    @Test
    void aHoldExpiresByItselfAndGivesTimeAndTokensBack() {
        Instant start = Sessions.inDays(3);
        String id = Sessions.booked(user, creator, start);
        Sessions.letHoldRunOut(id);

        Sessions.step(user, id, "confirm").then().statusCode(409);
        Sessions.book(Tokens.rich(100), creator, start).then().statusCode(201);
        await().untilAsserted(() -> assertThat(Sessions.status(user, id)).isEqualTo("expired"));

        assertTokens(250, 0, 0);
    }

    @Test
    void aHoldThatNobodyElseWantsExpiresToo() {
        String id = Sessions.booked(user, creator, Sessions.inDays(3));
        Sessions.letHoldRunOut(id);

        await().untilAsserted(() -> assertThat(Sessions.status(user, id)).isEqualTo("expired"));

        assertTokens(250, 0, 0);
    }

    @Test
    void aNoShowIsPaidForByWhoDidNotCome() {
        String absentUser = Sessions.confirmed(user, creator, Sessions.inDays(3));
        String absentCreator = Sessions.confirmed(user, creator, Sessions.inDays(4));

        Sessions.step(creator, absentUser, "no-show").then().statusCode(409);
        Sessions.age(absentUser, "73 hours");
        Sessions.age(absentCreator, "99 hours");
        Sessions.step(creator, absentUser, "no-show").then().statusCode(200).body("status", equalTo("no_show"));
        Sessions.step(user, absentCreator, "no-show").then().statusCode(200);

        assertTokens(150, 0, 100);
    }
}
