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
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.availability.GroupEvents.Guest;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Statements;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@StagedoorTest
class GroupEventTest {

    @Test
    void whoHasTheLinkSeesTheEventAndWhoAnswered() {
        String token = createdToken(event());
        Guest ada = join(token, "Ada");
        Guest ben = join(token, "Ben");
        ada.answers(List.of(0, 1, List.of(2, 4)), List.of());
        ben.answers(List.of(1), List.of(2));

        Api.request()
                .get(path(token))
                .then()
                .statusCode(200)
                .body("title", equalTo("Read-through"))
                .body("slots", hasSize(4))
                .body("slots[0].start", equalTo("2026-12-07T09:00:00Z"))
                .body("slots[3].end", equalTo("2026-12-07T11:00:00Z"))
                .body("participants.name", contains("Ada", "Ben"))
                .body("participants[0].yes", equalTo("Dw=="))
                .body("participants[1].ifNeeded", equalTo("BA=="))
                .body("yes", contains(1, 2, 1, 1))
                .body("ifNeeded", contains(0, 0, 1, 0))
                .body("mine", nullValue())
                .body("best[0].start", equalTo("2026-12-07T09:30:00Z"))
                .body("best[0].yes", equalTo(2))
                .body("best[1].firstSlot", equalTo(2))
                .body("best[1].ifNeeded", equalTo(1));
        assertThat(ben.sees().getList("mine.yes", Integer.class)).containsExactly(1);
        assertThat(ben.sees().getString("mine.id")).isEqualTo(ben.id());
    }

    @Test
    void everyChangeIsSeenByTheNextRead() {
        String token = createdToken(event());
        Guest ada = join(token, "Ada");
        for (int slot = 0; slot < 4; slot++) {
            ada.answers(List.of(slot), List.of());
            assertThat(see(token, "").getList("yes", Integer.class).get(slot)).isEqualTo(1);
            assertThat(ada.sees().getList("mine.yes", Integer.class)).containsExactly(slot);
        }
        Api.request()
                .header("X-Session-Key", ada.sessionKey())
                .delete(path(token) + "/participants/" + ada.id())
                .then()
                .statusCode(204);
        assertThat(see(token, "").getList("participants")).isEmpty();
    }

    /** What the server does of itself meanwhile, as for payments that other tests made, can only add to what is counted. */
    @Test
    void aReadIsOneStatementAndThenNoneWhoeverReads() {
        await().atMost(1, TimeUnit.MINUTES)
                .untilAsserted(() -> assertThat(statementsOfReads()).containsExactly(1, 0, 0, 0, 0));
    }

    /** Of five reads of a new event, one after the other. */
    private static List<Integer> statementsOfReads() {
        String token = createdToken(event());
        Guest ada = join(token, "Ada");
        awaitNewsTold(token);
        return Stream.<Supplier<Response>>of(
                        () -> ada.read(""),
                        () -> ada.read(""),
                        () -> Api.request().get(path(token)),
                        () -> ada.read("?tz=Asia/Tokyo&length=2"),
                        () -> Api.request().get("/api/events/" + token + "/optimized"))
                .map(read -> Statements.of(200, read))
                .toList();
    }

    /** Of what changes together, that is some time after the answers. */
    private static void awaitNewsTold(String token) {
        String hasNews = "SELECT has_news FROM group_event WHERE token = '" + token + "'";
        await().until(() -> Database.query(hasNews), List.of("f")::equals);
    }

    @Test
    void allGetTheSameButForTheirOwnAnswerInEitherEncoding() throws IOException {
        String token = createdToken(event("slotMinutes", 5));
        Guest ada = join(token, "Ada");
        Guest ben = join(token, "Ben");
        ada.answers(List.of(List.of(0, 12)), List.of(20));
        String nobodysTag = Api.request().get(path(token)).header("ETag");

        for (Guest guest : List.of(ada, ben)) {
            Response plain = read(guest, "identity");
            Response packed = read(guest, "gzip");
            assertThat(plain.header("Content-Encoding")).isNull();
            assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
            assertThat(unpacked(packed)).isEqualTo(plain.asByteArray());

            JsonObject seen = new JsonObject(plain.asString());
            JsonObject mine = (JsonObject) seen.remove("mine");
            assertThat(mine.getString("id")).isEqualTo(guest.id());
            JsonObject nobodys = new JsonObject(Api.request().get(path(token)).asString());
            assertThat(nobodys.remove("mine")).isNull();
            assertThat(seen).isEqualTo(nobodys);
            assertThat(plain.header("ETag"))
                    .isNotEqualTo(nobodysTag)
                    .isEqualTo(read(guest, "identity").header("ETag"));
            assertThat(known(guest, plain)).isEqualTo(304);
            assertThat(known(guest, packed)).isEqualTo(304);
        }
        assertThat(known(ben, read(ada, "gzip"))).isEqualTo(200);
        Response before = read(ada, "gzip");
        ada.answers(List.of(1), List.of());
        assertThat(known(ada, before)).isEqualTo(200);
    }

    private static Response read(Guest guest, String encoding) {
        return Api.undecoded()
                .header("X-Session-Key", guest.sessionKey())
                .header("Accept-Encoding", encoding)
                .get(path(guest.event()));
    }

    private static byte[] unpacked(Response packed) throws IOException {
        return new GZIPInputStream(packed.body().asInputStream()).readAllBytes();
    }

    /** The status of a read by who says that they know an answer. */
    private static int known(Guest guest, Response answer) {
        return Api.undecoded()
                .header("X-Session-Key", guest.sessionKey())
                .header("Accept-Encoding", "gzip")
                .header("If-None-Match", answer.header("ETag"))
                .get(path(guest.event()))
                .statusCode();
    }

    @Test
    void aTimeZoneChangesHowTimesAreWrittenAndNothingElse() {
        String token = createdToken(event());
        join(token, "Ada").answers(List.of(1), List.of());
        JsonPath here = see(token, "");
        JsonPath there = see(token, "?tz=Asia/Kathmandu");

        assertThat(there.getString("slots[0].start")).isEqualTo("2026-12-07T14:45:00+05:45");
        assertThat(there.getList("yes", Integer.class)).isEqualTo(here.getList("yes", Integer.class));
        assertThat(there.getInt("best[0].firstSlot")).isEqualTo(here.getInt("best[0].firstSlot"));
        Api.request().get(path(token) + "?tz=Mars/Olympus").then().statusCode(400);
    }

    @Test
    void weekdaysAreOfAWeekThatIsSaidOrOfAny() {
        Map<String, Object> weekly = event("weekdays", List.of("sunday", "monday"));
        weekly.remove("dates");
        JsonPath any = see(createdToken(weekly), "?tz=Asia/Kathmandu");
        assertThat(any.getString("week")).isNull();
        assertThat(any.getList("slots.day", String.class)).startsWith("monday").endsWith("sunday");
        assertThat(any.getString("slots[0].start")).isEqualTo("09:00");
        assertThat(any.getString("slots[7].end")).isEqualTo("11:00");

        weekly.put("week", "2026-W53");
        JsonPath bound = see(createdToken(weekly), "");
        assertThat(bound.getString("week")).isEqualTo("2026-W53");
        assertThat(bound.getString("slots[0].start")).isEqualTo("2026-12-28T09:00:00Z");
        assertThat(bound.getString("slots[4].start")).isEqualTo("2027-01-03T09:00:00Z");
    }

    @Test
    void whoHasNotAnsweredSeesNothingOfOthersWhereThatIsAsked() {
        JsonPath made = createEvent(event("blind", true));
        String token = made.getString("token");
        join(token, "Ada").answers(List.of(0), List.of());
        Guest ben = join(token, "Ben");

        assertThat(see(token, "").getList("yes")).isNull();
        assertThat(ben.sees().getList("best")).isNull();
        assertThat(ben.sees().getList("participants[0].yes")).isNull();
        Api.request()
                .header("X-Organizer-Key", made.getString("organizerKey"))
                .get(path(token))
                .then()
                .body("yes", contains(1, 0, 0, 0));
        ben.answers(List.of(), List.of());
        assertThat(ben.sees().getList("yes", Integer.class)).containsExactly(1, 0, 0, 0);
    }

    @Test
    void namesAreHiddenFromOthersWhereThatIsAsked() {
        JsonPath made = createEvent(event("hideNames", true));
        String token = made.getString("token");
        Guest ada = join(token, "Ada");
        Guest ben = join(token, "Ben");

        assertThat(see(token, "").getList("participants.name")).containsExactly(null, null);
        assertThat(ada.sees().getList("participants.name")).containsExactly(null, null);
        assertThat(ada.sees().getString("mine.name")).isEqualTo("Ada");
        assertThat(ben.sees().getString("mine.name")).isEqualTo("Ben");
        Api.request()
                .header("X-Organizer-Key", made.getString("organizerKey"))
                .get(path(token))
                .then()
                .body("participants.name", contains("Ada", "Ben"));
    }

    @Test
    void aKeyForSomethingElseIsNobodysName() {
        Person ada = Api.signUp();
        String token = ada.request()
                .body(event("blind", true))
                .post(EVENTS)
                .then()
                .statusCode(201)
                .extract()
                .path("token");
        join(token, "Ben").answers(List.of(0), List.of());
        String key = ada.request()
                .body(Map.of("name", "metrics", "scopes", List.of("metrics:write")))
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");

        Api.request().header("X-API-Key", key).get(path(token)).then().body("yes", nullValue());
        ada.request().get(path(token)).then().body("yes", contains(1, 0, 0, 0));
    }

    @Test
    void whoMakesAnEventAgainUnderTheSameKeyMakesOne() {
        String key = UUID.randomUUID().toString();
        JsonPath made = Api.request()
                .header("Idempotency-Key", key)
                .body(event())
                .post(EVENTS)
                .then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .extract()
                .jsonPath();
        String token = made.getString("token");

        Api.request()
                .header("Idempotency-Key", key)
                .body(event())
                .post(EVENTS)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .body("token", equalTo(token))
                .body("organizerKey", equalTo(made.getString("organizerKey")));
        assertThat(List.of(token, made.getString("organizerKey")))
                .allSatisfy(secret -> assertThat(secret).matches("[A-Za-z0-9_-]{22}"));
        Api.request().get(path(token)).then().body("$", not(hasKey("organizerKey")));
    }

    @Test
    void whatIsNoEventIsNotFound() {
        for (String token : List.of("unknown", "x".repeat(200), "AAAAAAAAAAAAAAAAAAAAAA")) {
            Api.request().get(path(token)).then().statusCode(404);
            ask(token, "Ada").then().statusCode(404);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            title       | ''
            title       | 'a\u0000b'
            timeZone    | Mars/Olympus
            timeZone    | +01:00
            dates       | []
            dates       | ["2026-02-30"]
            dates       | ["tomorrow"]
            weekdays    | ["monday"]
            weekdays    | ["Monday"]
            week        | "2026-W50"
            from        | "9:00"
            from        | "11:00"
            to          | "24:30"
            slotMinutes | 7
            slotMinutes | 0
            slotMinutes | 1440
            slotMinutes | "half"
            deadline    | "2020-01-01T00:00:00Z"
            deadline    | "+1000000000-06-01T00:00:00Z"
            deadline    | 1794000000000
            dates       | ["0000-01-01"]
            dates       | ["1850-01-01"]
            dates       | ["9999-12-31"]
            maxParticipants | 501
            maxParticipants | 0
            """)
    void eventsThatCannotBeAreRefused(String field, String value) {
        String json =
                value.startsWith("[") || value.startsWith("\"") || value.matches("\\d+") ? value : "\"" + value + "\"";
        String body = new JsonObject(event()).encode();
        String changed = "{\"" + field + "\":" + json + ","
                + body.substring(1).replaceFirst("\"" + field + "\":[^,}\\]]+\\]?,?", "");

        Api.request().body(changed.replace(",}", "}")).post(EVENTS).then().statusCode(400);
    }

    @Test
    void tooManySlotsAreRefused() {
        Map<String, Object> event = event("slotMinutes", 5);
        event.put("from", "00:00");
        event.put("to", "24:00");
        event.put(
                "dates",
                IntStream.range(1, 9).mapToObj(day -> "2026-12-0" + day).toList());

        Api.request()
                .body(event)
                .post(EVENTS)
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("2304 slots"));
        Api.request().get(path(createdToken(event())) + "?people=0").then().statusCode(400);
    }

    @Test
    void whoHasTheLinkListensWithoutAnAccount() {
        for (String token : List.of(createdToken(event()), "AAAAAAAAAAAAAAAAAAAAAA")) {
            boolean isThere = !token.startsWith("AAA");
            Api.request()
                    .contentType(ContentType.URLENC)
                    .formParam("socket_id", "1.2")
                    .formParam("channel_name", "private-event-" + token)
                    .post("/pusher/auth")
                    .then()
                    .statusCode(isThere ? 200 : 401);
        }
    }
}
