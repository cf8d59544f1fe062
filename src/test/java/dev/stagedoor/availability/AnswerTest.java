package dev.stagedoor.availability;

import static dev.stagedoor.availability.GroupEvents.EVENTS;
import static dev.stagedoor.availability.GroupEvents.ask;
import static dev.stagedoor.availability.GroupEvents.createEvent;
import static dev.stagedoor.availability.GroupEvents.createdToken;
import static dev.stagedoor.availability.GroupEvents.event;
import static dev.stagedoor.availability.GroupEvents.join;
import static dev.stagedoor.availability.GroupEvents.path;
import static dev.stagedoor.availability.GroupEvents.see;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.availability.GroupEvents.Guest;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Together;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@StagedoorTest
class AnswerTest {

    @Test
    void anAnswerReplacesTheOneThatWasSeen() {
        String token = createdToken(event());
        Guest ada = join(token, "Ada");
        String empty = ada.tag();
        String first = ada.answer(empty, Map.of("yes", List.of(0)))
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");

        ada.answer(empty, Map.of("yes", List.of(1))).then().statusCode(412).body("current.yes", contains(0));
        ada.answer(first, Map.of("yes", List.of(1))).then().statusCode(200).body("yes", contains(1));
        Api.request()
                .header("X-Session-Key", ada.sessionKey())
                .body(Map.of("yes", List.of(2)))
                .put(path(token) + "/participants/" + ada.id())
                .then()
                .statusCode(428);
        assertThat(ada.sees().getList("mine.yes", Integer.class)).containsExactly(1);
        assertThat(ada.tag()).isNotEqualTo(first);
    }

    @Test
    void ofManyWhoAnswerAtOnceNothingIsLost() {
        String token = createdToken(event("maxParticipants", 20));
        List<Guest> guests = Together.run(20, i -> join(token, "Guest " + i));
        List<Integer> done = Together.run(20, i -> {
            guests.get(i).answers(List.of(i % 4), List.of());
            return i;
        });

        assertThat(done).hasSize(20);
        assertThat(see(token, "").getList("yes", Integer.class)).containsExactly(5, 5, 5, 5);
    }

    @Test
    void noMoreTakePartThanMay() {
        String token = createdToken(event("maxParticipants", 3));
        List<Integer> statuses = Together.run(8, i -> ask(token, "Guest " + i).statusCode());

        assertThat(statuses)
                .containsOnly(201, 409)
                .filteredOn(status -> status == 201)
                .hasSize(3);
        ask(token, "Late").then().statusCode(409).body("type", containsString("event-full"));
    }

    @Test
    void afterTheDeadlineNobodyAnswers() {
        String token =
                createdToken(event("deadline", Instant.now().plusSeconds(3600).toString()));
        Guest ada = join(token, "Ada");
        Database.change("UPDATE group_event SET deadline = now() WHERE token = '" + token + "'");

        ask(token, "Ben").then().statusCode(409).body("type", containsString("event-closed"));
        ada.answer("*", Map.of("yes", List.of(0))).then().statusCode(409);
        assertThat(ada.sees().getList("mine.yes")).isEmpty();
    }

    @Test
    void nobodyAnswersForOthers() {
        String token = createdToken(event());
        Guest ada = join(token, "Ada");
        Guest ben = join(token, "Ben");

        new Guest(token, ada.id(), ben.sessionKey())
                .answer("*", Map.of("yes", List.of(0)))
                .then()
                .statusCode(403);
        Api.request()
                .header("If-Match", "*")
                .body(Map.of("yes", List.of(0)))
                .put(path(token) + "/participants/" + ada.id())
                .then()
                .statusCode(403);
        new Guest(token, UUID.randomUUID().toString(), ben.sessionKey())
                .answer("*", Map.of("yes", List.of(0)))
                .then()
                .statusCode(404);
        Api.request()
                .header("X-Session-Key", ben.sessionKey())
                .delete(path(token) + "/participants/" + ada.id())
                .then()
                .statusCode(403);
        assertThat(see(token, "").getList("participants")).hasSize(2);
    }

    @Test
    void whoIsSignedInNeedsNoKeyAndTakesPartOnce() {
        Person ada = Api.signUp();
        String token = ada.request()
                .body(event("blind", true))
                .post(EVENTS)
                .then()
                .statusCode(201)
                .body("organizerKey", notNullValue())
                .extract()
                .path("token");
        Person ben = Api.signUp();
        String id = ben.request()
                .body(Map.of("name", "Ben"))
                .post(path(token) + "/participants")
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        ben.request()
                .header("If-Match", "*")
                .body(Map.of("yes", List.of(3)))
                .put(path(token) + "/participants/" + id)
                .then()
                .statusCode(200);
        ben.request().get(path(token)).then().body("mine.yes", contains(3));
        ada.request().get(path(token)).then().body("yes", contains(0, 0, 0, 1)).body("mine", nullValue());
        ben.request()
                .body(Map.of("name", "Ben again"))
                .post(path(token) + "/participants")
                .then()
                .statusCode(409)
                .body("type", containsString("already-taking-part"));
        ada.request().delete(path(token) + "/participants/" + id).then().statusCode(204);
    }

    @Test
    void whoJoinsAgainUnderTheSameKeyTakesPartOnce() {
        String token = createdToken(event());
        String key = UUID.randomUUID().toString();
        List<Map<String, Object>> joined = List.of(1, 2).stream()
                .map(time -> Api.request()
                        .header("Idempotency-Key", key)
                        .body(Map.of("name", "Ada"))
                        .post(path(token) + "/participants")
                        .then()
                        .statusCode(201)
                        .header("Cache-Control", "no-store")
                        .extract()
                        .jsonPath()
                        .<String, Object>getMap(""))
                .toList();

        assertThat(joined.get(0)).isEqualTo(joined.get(1));
        assertThat(see(token, "").getList("participants")).hasSize(1);
        new Guest(token, (String) joined.get(0).get("id"), (String)
                        joined.get(0).get("sessionKey"))
                .answers(List.of(0), List.of());
    }

    @Test
    void nothingOfWhoIsErasedIsLeft() {
        String token = createdToken(event());
        Person ada = Api.signUp();
        ada.request()
                .body(Map.of("name", "Ada Lovelace"))
                .post(path(token) + "/participants")
                .then()
                .statusCode(201);
        assertThat(see(token, "").getList("participants.name")).containsExactly("Ada Lovelace");

        ada.request().delete("/api/v1/users/me").then().statusCode(204);

        assertThat(see(token, "").getList("participants.name")).containsExactly("–");
        assertThat(Database.query("SELECT name FROM group_event_participant WHERE user_id = '" + ada.id() + "'"))
                .isEmpty();
    }

    @Test
    void whatLiesBeyondTheLastSlotIsNotShown() {
        String token = createdToken(event());
        Guest ada = join(token, "Ada");
        Database.change("UPDATE group_event_participant SET yes = '\\xffff', answered_at = now() WHERE id = '"
                + ada.id() + "'");

        assertThat(ada.sees().getList("mine.yes", Integer.class)).containsExactly(0, 1, 2, 3);
        assertThat(see(token, "").getList("yes", Integer.class)).containsExactly(1, 1, 1, 1);
        assertThat(see(token, "").getString("participants[0].yes")).isEqualTo("Dw==");
    }

    @Test
    void whatWasSaidIsReadByWhoSaidItAndByTheOrganizer() {
        JsonPath made = createEvent(event());
        String token = made.getString("token");
        Guest ada = join(token, "Ada");
        Guest ben = join(token, "Ben");
        ada.answers(List.of(2), List.of());
        String answer = path(token) + "/participants/" + ada.id();

        Api.request()
                .header("X-Session-Key", ada.sessionKey())
                .get(answer)
                .then()
                .body("yes", contains(2));
        Api.request()
                .header("X-Organizer-Key", made.getString("organizerKey"))
                .get(answer)
                .then()
                .body("yes", contains(2));
        Api.request()
                .header("X-Session-Key", ben.sessionKey())
                .get(answer)
                .then()
                .statusCode(403);
        Api.request().get(answer).then().statusCode(403);
        Api.request()
                .get(path(token) + "/participants/" + UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                             | yes
            {"yes":null}                   | yes
            {"ifNeeded":[2]}               | yes
            {"yes":[4]}                    | yes[0]
            {"yes":[-1]}                   | yes[0]
            {"yes":[0.5]}                  | yes[0]
            {"yes":["0"]}                  | yes[0]
            {"yes":[[2,1]]}                | yes[0]
            {"yes":[[0,5]]}                | yes[0]
            {"yes":[[0]]}                  | yes[0]
            {"yes":[0,[1,2,3]]}            | yes[1]
            {"yes":"all"}                  | yes
            {"yes":[0,1,2,3,0]}            | yes
            {"yes":[0],"ifNeeded":[[0,2]]} | ifNeeded
            """)
    void answersThatCannotBeAreRefused(String body, String field) {
        Guest ada = join(createdToken(event()), "Ada");

        ada.answer("*", body).then().statusCode(400).body("errors[0].field", equalTo(field));
        assertThat(ada.sees().getString("mine.answeredAt")).isNull();
    }

    @Test
    void whereOnlyYesIsAskedForNothingElseIsSaid() {
        Guest ada = join(createdToken(event("allowIfNeeded", false)), "Ada");

        ada.answer("*", Map.of("yes", List.of(0), "ifNeeded", List.of(1)))
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("ifNeeded"));
    }

    @Test
    void aFirstAnswerNeedsNoTagAndABitmapWillDo() {
        String token = createdToken(event());
        Guest ada = join(token, "Ada");

        ada.firstAnswer("{\"yes\":\"Cw==\",\"ifNeeded\":null}")
                .then()
                .statusCode(200)
                .body("yes", contains(0, 1, 3));
        ada.firstAnswer("{\"yes\":\"Dw==\"}").then().statusCode(428);
        ada.answer(ada.tag(), "{\"yes\":\"EA==\"}").then().statusCode(400).body("errors[0].field", equalTo("yes"));
        ada.answer(ada.tag(), "{\"yes\":\"?\"}").then().statusCode(400);
        assertThat(ada.sees().getList("mine.yes", Integer.class)).containsExactly(0, 1, 3);
    }

    @Test
    void whoIsErasedDoesNotComeBackWithTheirLastToken() {
        String token = createdToken(event());
        Person ada = Api.signUp();
        ada.request().delete("/api/v1/users/me").then().statusCode(204);

        ada.request()
                .body(Map.of("name", "Ada"))
                .post(path(token) + "/participants")
                .then()
                .statusCode(401);
        ada.request().body(event()).post(GroupEvents.EVENTS).then().statusCode(401);
        assertThat(see(token, "").getList("participants")).isEmpty();
    }

    @Test
    void withoutSomeoneWhoTakesNoPartNoTimeIsGood() {
        String token = createdToken(event());
        join(token, "Ada").answers(List.of(0), List.of());

        assertThat(see(token, "?required=" + UUID.randomUUID()).getList("best")).isEmpty();
        assertThat(see(token, "").getList("best")).hasSize(1);
    }
}
