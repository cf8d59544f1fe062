package dev.stagedoor.availability;

import static dev.stagedoor.availability.GroupEvents.event;
import static dev.stagedoor.availability.GroupEvents.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Tokens;
import io.restassured.response.Response;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@StagedoorTest
class EventSessionTest {

    private final LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(7);

    private Person creator;

    /** Someone who gives sessions of an hour for 100 tokens, and offers no hours of their own accord. */
    @BeforeEach
    void signUpACreator() {
        creator = Api.signUp();
        Database.change("""
                INSERT INTO creator (id, headline, price_tokens, session_minutes, time_zone, created_at)
                VALUES ('%s', 'Reads along', 100, 60, 'UTC', now())
                """.formatted(creator.id()));
    }

    private Map<String, Object> onThatDay() {
        Map<String, Object> event = new HashMap<>(event());
        event.put("dates", List.of(day.toString()));
        event.put("timeZone", "UTC");
        return event;
    }

    private static String organizedBy(Person organizer, Map<String, Object> event) {
        return organizer
                .request()
                .body(event)
                .post(GroupEvents.EVENTS)
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    private static Person joined(String token) {
        Person person = Tokens.rich(1_000);
        person.request()
                .body(Map.of("name", "Ada"))
                .post(path(token) + "/participants")
                .then()
                .statusCode(201);
        return person;
    }

    private static void decide(Person organizer, String token, int firstSlot, int slots) {
        organizer
                .request()
                .body(Map.of("firstSlot", firstSlot, "slots", slots, "version", 0))
                .post(path(token) + "/finalize")
                .then()
                .statusCode(204);
    }

    private static Response book(Person person, String token, String key) {
        return person.request().header("Idempotency-Key", key).post(path(token) + "/session");
    }

    @Test
    void whatACreatorDecidesBecomesASessionOfWhoTakesPart() {
        String token = organizedBy(creator, onThatDay());
        Person ada = joined(token);
        decide(creator, token, 1, 2);
        String key = UUID.randomUUID().toString();

        String id = book(ada, token, key)
                .then()
                .statusCode(201)
                .body("priceTokens", equalTo(100))
                .extract()
                .path("id");

        assertThat(Tokens.held(ada)).isEqualTo(100);
        ada.request()
                .get("/api/v1/sessions/" + id)
                .then()
                .statusCode(200)
                .body("creatorId", equalTo(creator.id()))
                .body("status", equalTo("hold"))
                .body("startsAt", equalTo(day + "T09:30:00Z"))
                .body("endsAt", equalTo(day + "T10:30:00Z"));
        book(ada, token, key)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .body("id", equalTo(id));
        book(ada, token, UUID.randomUUID().toString())
                .then()
                .statusCode(409)
                .body("type", containsString("slot-taken"));
        assertThat(Tokens.held(ada)).isEqualTo(100);
    }

    @Test
    void onlyWhatIsDecidedAndLongEnoughIsBooked() {
        String token = organizedBy(creator, onThatDay());
        Person ada = joined(token);

        book(ada, token, "a").then().statusCode(409).body("type", containsString("event-not-finalized"));
        decide(creator, token, 0, 1);
        book(ada, token, "b").then().statusCode(409).body("type", containsString("time-too-short"));
        assertThat(Tokens.held(ada)).isZero();
    }

    @Test
    void onlyWhoTakesPartAndIsSignedInBooks() {
        String token = organizedBy(creator, onThatDay());
        Person unused = joined(token);
        assertThat(unused.id()).isNotEqualTo(creator.id());
        decide(creator, token, 0, 2);

        book(Tokens.rich(1_000), token, "a").then().statusCode(403);
        Api.request()
                .header("Idempotency-Key", "a")
                .post(path(token) + "/session")
                .then()
                .statusCode(401);
        creator.request().post(path(token) + "/session").then().statusCode(400);
        book(creator, "AAAAAAAAAAAAAAAAAAAAAA", "a").then().statusCode(404);
    }

    @Test
    void whoIsNoCreatorHasNothingToBook() {
        Person nobody = Api.signUp();
        String token = organizedBy(nobody, onThatDay());
        Person ada = joined(token);
        decide(nobody, token, 0, 2);
        book(ada, token, "a").then().statusCode(404);

        Map<String, Object> weekly = onThatDay();
        weekly.remove("dates");
        weekly.put("weekdays", List.of("monday"));
        String anyWeek = organizedBy(creator, weekly);
        Person ben = joined(anyWeek);
        decide(creator, anyWeek, 0, 2);
        book(ben, anyWeek, "b").then().statusCode(409).body("type", containsString("event-not-bookable"));
    }
}
