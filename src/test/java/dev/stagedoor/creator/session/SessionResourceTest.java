package dev.stagedoor.creator.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.Sessions;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Together;
import dev.stagedoor.support.Tokens;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class SessionResourceTest {

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
    void bookingHoldsTheTimeAndThePrice() {
        Instant start = Sessions.inDays(3);

        Sessions.book(user, creator, start)
                .then()
                .statusCode(201)
                .header("Location", notNullValue())
                .body("creatorId", equalTo(creator.id()))
                .body("userId", equalTo(user.id()))
                .body("status", equalTo("hold"))
                .body("startsAt", equalTo(start.toString()))
                .body("endsAt", equalTo(start.plus(1, ChronoUnit.HOURS).toString()))
                .body("priceTokens", equalTo(100))
                .body("holdExpiresAt", notNullValue())
                .body("version", equalTo(0));

        assertTokens(150, 100, 0);
    }

    @Test
    void aCompletedSessionPaysItsCreatorAndCounts() {
        String id = Sessions.confirmed(user, creator, Sessions.inDays(3));
        assertTokens(150, 100, 0);

        Sessions.step(creator, id, "start").then().statusCode(200).body("status", equalTo("in_progress"));
        Sessions.step(creator, id, "complete")
                .then()
                .statusCode(200)
                .body("status", equalTo("completed"))
                .body("holdExpiresAt", nullValue())
                .body("version", equalTo(3));

        assertTokens(150, 0, 100);
        assertThat(Database.query("SELECT session_count FROM creator WHERE id = '" + creator.id() + "'"))
                .containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -59, -30, 30, 59})
    void timeThatIsTakenIsNotBookedAgain(long minutesLater) {
        Instant start = Sessions.inDays(3);
        String id = Sessions.booked(user, creator, start);
        Person other = Tokens.rich(100);

        Sessions.book(other, creator, start.plus(minutesLater, ChronoUnit.MINUTES))
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:stagedoor:problem:slot-taken"));

        assertThat(Tokens.balance(other)).isEqualTo(100);
        assertThat(Sessions.status(user, id)).isEqualTo("hold");
    }

    @Test
    void timeBeforeAndAfterASessionIsFree() {
        Instant start = Sessions.inDays(3);
        Person other = Tokens.rich(200);

        Sessions.book(user, creator, start).then().statusCode(201);
        Sessions.book(other, creator, start.minus(1, ChronoUnit.HOURS)).then().statusCode(201);
        Sessions.book(other, creator, start.plus(1, ChronoUnit.HOURS)).then().statusCode(201);
    }

    @Test
    void ofThoseWhoWantTheSameTimeOneGetsIt() {
        Instant start = Sessions.inDays(3);
        List<Person> people = List.of(Tokens.rich(100), Tokens.rich(100), Tokens.rich(100), Tokens.rich(100));

        List<Integer> statuses = Together.run(
                16,
                i -> Sessions.book(people.get(i % 4), creator, start.plus(i * 3L, ChronoUnit.MINUTES))
                        .statusCode());

        assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
        assertThat(people.stream().mapToLong(Tokens::held).sum()).isEqualTo(100);
    }

    @Test
    void aRepeatedBookingIsDoneOnce() {
        Map<String, Object> body =
                Map.of("creatorId", creator.id(), "startsAt", Sessions.inDays(3).toString());

        String id = Tokens.post(user, "k", Sessions.SESSIONS, body)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        Tokens.post(user, "k", Sessions.SESSIONS, body)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .body("id", equalTo(id));

        assertTokens(150, 100, 0);
    }

    @Test
    void withoutEnoughTokensNothingIsBooked() {
        Instant start = Sessions.inDays(3);
        Person poor = Tokens.rich(99);

        Sessions.book(poor, creator, start)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:stagedoor:problem:insufficient-tokens"));

        assertThat(Tokens.balance(poor)).isEqualTo(99);
        Sessions.book(user, creator, start).then().statusCode(201);
    }

    @Test
    void aFreeSessionMovesNoTokens() {
        Database.change("UPDATE creator SET price_tokens = 0 WHERE id = '" + creator.id() + "'");
        Person poor = Api.signUp();

        String id = Sessions.completed(poor, creator, Sessions.inDays(3));

        assertThat(Sessions.status(poor, id)).isEqualTo("completed");
        assertThat(Tokens.balance(creator)).isZero();
        assertThat(Tokens.wrongs()).isEmpty();
    }

    @Test
    void whatIsNotOfferedIsNotBooked() {
        Database.change("DELETE FROM creator_hours WHERE creator_id = '" + creator.id() + "'");
        Sessions.book(user, creator, Sessions.inDays(3))
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:stagedoor:problem:slot-not-offered"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-01T00:00:00Z", "2200-01-01T00:00:30Z", "tomorrow", "", "2200-13-01T00:00:00Z"})
    void whatIsNoTimeToBeginAtIsRefused(String start) {
        Tokens.post(user, Sessions.SESSIONS, Map.of("creatorId", creator.id(), "startsAt", start))
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("startsAt"));
        assertTokens(250, 0, 0);
    }

    @Test
    void bookingsOfOneselfOfNobodyAndWithoutKeyAreRefused() {
        Sessions.book(creator, creator, Sessions.inDays(3)).then().statusCode(400);
        Sessions.book(user, Api.signUp(), Sessions.inDays(3)).then().statusCode(404);
        user.request()
                .body(Map.of(
                        "creatorId",
                        creator.id(),
                        "startsAt",
                        Sessions.inDays(3).toString()))
                .post(Sessions.SESSIONS)
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("Idempotency-Key"));
        Api.request().get(Sessions.SESSIONS).then().statusCode(401);
    }

    @Test
    void slotsAreWithoutWhatIsBookedUntilThatIsCancelled() {
        Instant start = Sessions.inDays(3);
        assertThat(slotsBegin(start)).isTrue();
        String id = Sessions.booked(user, creator, start);

        assertThat(slotsBegin(start)).isFalse();
        assertThat(slotsBegin(start.plus(1, ChronoUnit.HOURS))).isTrue();

        Sessions.step(user, id, "cancel").then().statusCode(200);
        assertThat(slotsBegin(start)).isTrue();
    }

    private boolean slotsBegin(Instant start) {
        return Api.request()
                .get("/api/v1/creators/" + creator.id() + "/slots?from=" + start + "&to="
                        + start.plus(2, ChronoUnit.HOURS))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("data.start")
                .contains(start.toString());
    }

    @Test
    void othersDoNotKnowOfASession() {
        String id = Sessions.booked(user, creator, Sessions.inDays(3));
        Person stranger = Api.signUp();

        stranger.request().get(Sessions.SESSIONS + "/" + id).then().statusCode(404);
        for (String step : List.of("confirm", "cancel", "start", "complete", "no-show")) {
            Sessions.step(stranger, id, step).then().statusCode(404);
        }
        Sessions.reschedule(stranger, id, Sessions.inDays(4)).then().statusCode(404);
        Sessions.step(user, UUID.randomUUID().toString(), "cancel").then().statusCode(404);
        Sessions.step(creator, id, "confirm").then().statusCode(403);
        assertThat(Sessions.status(creator, id)).isEqualTo("hold");
    }

    @Test
    void illegalStepsAreConflictsAndChangeNothing() {
        String id = Sessions.booked(user, creator, Sessions.inDays(3));
        for (String step : List.of("start", "complete", "no-show")) {
            Sessions.step(creator, id, step)
                    .then()
                    .statusCode(409)
                    .body("type", equalTo("urn:stagedoor:problem:illegal-step"));
        }
        Sessions.step(user, id, "cancel").then().statusCode(200);
        for (String step : List.of("confirm", "cancel", "start", "complete", "no-show")) {
            Sessions.step(user, id, step).then().statusCode(409);
        }
        assertTokens(250, 0, 0);
    }

    @Test
    void ofStepsAtTheSameTimeOneIsTaken() {
        String id = Sessions.confirmed(user, creator, Sessions.inDays(3));

        List<Integer> statuses = Together.run(
                8, i -> Sessions.step(i % 2 == 0 ? user : creator, id, "cancel").statusCode());

        assertThat(statuses).containsOnly(200, 409).containsOnlyOnce(200);
        assertTokens(250, 0, 0);
    }

    @Test
    void stepsWithAKeyAreAnsweredAsTheFirstTime() {
        String id = Sessions.booked(user, creator, Sessions.inDays(3));
        String path = Sessions.SESSIONS + "/" + id + "/confirm";

        user.request().header("Idempotency-Key", "c").post(path).then().statusCode(200);
        user.request()
                .header("Idempotency-Key", "c")
                .post(path)
                .then()
                .statusCode(200)
                .header("Idempotency-Replayed", "true")
                .body("status", equalTo("confirmed"));
        user.request().post(path).then().statusCode(409);
    }

    @Test
    void sessionsAreListedForBothNewestFirst() {
        String first = Sessions.booked(user, creator, Sessions.inDays(3));
        String second = Sessions.confirmed(user, creator, Sessions.inDays(4));

        String next = user.request()
                .get(Sessions.SESSIONS + "?limit=1")
                .then()
                .statusCode(200)
                .body("data.id", equalTo(List.of(second)))
                .extract()
                .path("next");
        user.request()
                .get(Sessions.SESSIONS + "?limit=1&cursor=" + next)
                .then()
                .body("data.id", equalTo(List.of(first)))
                .body("next", nullValue());
        creator.request().get(Sessions.SESSIONS + "?status=hold").then().body("data.id", equalTo(List.of(first)));
        user.request().get(Sessions.SESSIONS + "?status=held").then().statusCode(400);
        user.request()
                .get(Sessions.SESSIONS + "?status=hold&cursor=" + next)
                .then()
                .statusCode(400);
    }
}
