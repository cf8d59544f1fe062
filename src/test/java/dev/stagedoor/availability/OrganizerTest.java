package dev.stagedoor.availability;

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
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.availability.GroupEvents.Guest;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@StagedoorTest
class OrganizerTest {

    /** Who made an event. */
    private record Organizer(String token, String key) {

        static Organizer of(Map<String, Object> event) {
            JsonPath made = createEvent(event);
            return new Organizer(made.getString("token"), made.getString("organizerKey"));
        }

        RequestSpecification request() {
            return Api.request().header("X-Organizer-Key", key);
        }

        String path() {
            return GroupEvents.path(token);
        }

        Response asks(Map<String, Object> settings) {
            String tag = request()
                    .get(path() + "/settings")
                    .then()
                    .statusCode(200)
                    .extract()
                    .header("ETag");
            return request().header("If-Match", tag).body(settings).put(path() + "/settings");
        }

        Response decides(int firstSlot, int slots) {
            int version = see(token, "").getInt("version");
            return request()
                    .body(Map.of("firstSlot", firstSlot, "slots", slots, "version", version))
                    .post(path() + "/finalize");
        }
    }

    @Test
    void anEventAsksWhatWhoMadeItSays() {
        Organizer organizer = Organizer.of(event());
        Map<String, Object> settings = organizer
                .request()
                .get(organizer.path() + "/settings")
                .jsonPath()
                .getMap("");
        assertThat(settings).containsEntry("title", "Read-through").containsEntry("weekdays", null);

        settings.put("title", "Table read");
        settings.put("to", "10:00");
        organizer.asks(settings).then().statusCode(200).body("title", equalTo("Table read"));

        JsonPath seen = see(organizer.token(), "");
        assertThat(seen.getString("title")).isEqualTo("Table read");
        assertThat(seen.getList("slots")).hasSize(2);
        assertThat(seen.getInt("version")).isEqualTo(1);
    }

    @Test
    void nobodyElseChangesWhatAnEventAsks() {
        Organizer organizer = Organizer.of(event());
        Guest ada = join(organizer.token(), "Ada");
        String settings = organizer.path() + "/settings";

        Api.request()
                .header("X-Session-Key", ada.sessionKey())
                .get(settings)
                .then()
                .statusCode(403);
        Api.request()
                .header("X-Organizer-Key", ada.sessionKey())
                .header("If-Match", "*")
                .body(event())
                .put(settings)
                .then()
                .statusCode(403);
        organizer.request().body(event()).put(settings).then().statusCode(428);
        organizer
                .request()
                .header("If-Match", "\"other\"")
                .body(event())
                .put(settings)
                .then()
                .statusCode(412)
                .body("current.title", equalTo("Read-through"));
        organizer.asks(event("dates", List.of())).then().statusCode(400);
        assertThat(see(organizer.token(), "").getInt("version")).isZero();
    }

    @Test
    void answersStayAsFarAsTheyFit() {
        Organizer organizer = Organizer.of(event());
        Guest ada = join(organizer.token(), "Ada");
        ada.answers(List.of(0, 1), List.of(2));

        organizer.asks(event("slotMinutes", 15)).then().statusCode(200);
        assertThat(ada.sees().getList("mine.yes", Integer.class)).containsExactly(0, 1, 2, 3);
        assertThat(ada.sees().getList("mine.ifNeeded", Integer.class)).containsExactly(4, 5);
        Map<String, Object> hours = event("slotMinutes", 60);
        hours.put("from", "09:00");
        hours.put("dates", List.of("2026-12-06", "2026-12-07"));
        organizer.asks(hours).then().statusCode(200);
        assertThat(ada.sees().getList("mine.yes", Integer.class)).containsExactly(2);
        assertThat(ada.sees().getList("mine.ifNeeded", Integer.class)).isEmpty();
    }

    @Test
    void weekdaysOfAnyWeekKeepTheirAnswersWhenTheyAreBoundToOne() {
        Map<String, Object> weekly = event("weekdays", List.of("monday", "friday"));
        weekly.remove("dates");
        Organizer organizer = Organizer.of(weekly);
        Guest ada = join(organizer.token(), "Ada");
        ada.answers(List.of(1, 4), List.of());

        weekly.put("week", "2026-W50");
        organizer.asks(weekly).then().statusCode(200);

        assertThat(ada.sees().getList("mine.yes", Integer.class)).containsExactly(1, 4);
        assertThat(ada.sees().getString("slots[4].start")).isEqualTo("2026-12-11T09:00:00Z");
    }

    @Test
    void whatWasReadOfOtherSlotsIsNoAnswer() {
        Organizer organizer = Organizer.of(event());
        Guest ada = join(organizer.token(), "Ada");
        Guest ben = join(organizer.token(), "Ben");
        ada.answer("*", Map.of("yes", List.of(0))).then().statusCode(200);
        String tag = ada.tag();
        organizer.asks(event("from", "08:30")).then().statusCode(200);

        ada.answer(tag, Map.of("yes", List.of(0))).then().statusCode(412);
        ben.firstAnswer(Map.of("yes", List.of(0))).then().statusCode(428);
        ben.answer(ben.tag(), Map.of("yes", List.of(0))).then().statusCode(200);
    }

    @Test
    void onceItIsDecidedNobodyAnswersUntilItIsReopened() {
        Organizer organizer = Organizer.of(event());
        Guest ada = join(organizer.token(), "Ada");
        organizer.decides(1, 2).then().statusCode(204);

        JsonPath seen = see(organizer.token(), "?tz=Asia/Tokyo");
        assertThat(seen.getString("finalTime.start")).isEqualTo("2026-12-07T18:30:00+09:00");
        assertThat(seen.getString("finalTime.end")).isEqualTo("2026-12-07T19:30:00+09:00");
        ada.answer("*", Map.of("yes", List.of(0)))
                .then()
                .statusCode(409)
                .body("type", containsString("event-finalized"));
        ask(organizer.token(), "Ben").then().statusCode(409);
        organizer.asks(event()).then().statusCode(409);
        organizer.decides(0, 1).then().statusCode(409);

        organizer.request().post(organizer.path() + "/reopen").then().statusCode(204);
        assertThat(see(organizer.token(), "").getString("finalTime")).isNull();
        organizer.request().post(organizer.path() + "/reopen").then().statusCode(409);
        ada.answer(ada.tag(), Map.of("yes", List.of(0))).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"version":0}                              | 400 | firstSlot
            {"firstSlot":0}                            | 400 | version
            {"firstSlot":-1,"version":0}               | 400 | firstSlot
            {"firstSlot":8,"version":0}                | 400 | firstSlot
            {"firstSlot":2147483647,"slots":2147483647,"version":0} | 400 | firstSlot
            {"firstSlot":7,"slots":2,"version":0}      | 400 | slots
            {"firstSlot":3,"slots":2,"version":0}      | 400 | slots
            {"firstSlot":0,"slots":0,"version":0}      | 400 | slots
            {"firstSlot":1,"slots":2147483647,"version":0} | 400 | slots
            {"firstSlot":0,"version":1}                | 409 |
            """)
    void whatIsNoTimeOfTheEventIsNotWhenItWillBe(String body, int status, String field) {
        Organizer organizer = Organizer.of(event("dates", List.of("2026-12-07", "2026-12-08")));

        Response refused = organizer.request().body(body).post(organizer.path() + "/finalize");

        refused.then().statusCode(status);
        assertThat(refused.jsonPath().getString("errors[0].field")).isEqualTo(field);
        assertThat(see(organizer.token(), "").getString("finalTime")).isNull();
    }

    @Test
    void whoTakesPartDecidesWhereTheEventAllowsIt() {
        String token = createdToken(event("participantsFinalize", true));
        Guest ada = join(token, "Ada");
        Map<String, Object> time = Map.of("firstSlot", 0, "version", 0);

        Api.request().body(time).post(path(token) + "/finalize").then().statusCode(403);
        Api.request()
                .header("X-Session-Key", ada.sessionKey())
                .body(time)
                .post(path(token) + "/finalize")
                .then()
                .statusCode(204);
        Guest ben = join(createdToken(event()), "Ben");
        Api.request()
                .header("X-Session-Key", ben.sessionKey())
                .body(time)
                .post(path(ben.event()) + "/finalize")
                .then()
                .statusCode(403);
    }

    @Test
    void aDuplicateAsksTheSameOfNobodyYet() {
        Organizer organizer = Organizer.of(event("blind", true));
        join(organizer.token(), "Ada").answers(List.of(0), List.of());
        Api.request().post(organizer.path() + "/duplicate").then().statusCode(403);

        JsonPath copy = organizer
                .request()
                .post(organizer.path() + "/duplicate")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();

        Organizer again = new Organizer(copy.getString("token"), copy.getString("organizerKey"));
        assertThat(again.token()).isNotEqualTo(organizer.token());
        again.request()
                .get(again.path())
                .then()
                .body("participants", equalTo(List.of()))
                .body("blind", equalTo(true))
                .body("yes", contains(0, 0, 0, 0));
        organizer.request().get(again.path() + "/settings").then().statusCode(403);
    }

    @Test
    void bestTimesLieWithinTheHoursOfEveryoneWhoCan() {
        String token = createdToken(event());
        join(token, "Ada").answers(List.of(List.of(0, 4)), List.of());
        JsonPath joined = Api.request()
                .body(Map.of("name", "Ben", "timeZone", "Asia/Kolkata"))
                .post(path(token) + "/participants")
                .jsonPath();
        new Guest(token, joined.getString("id"), joined.getString("sessionKey"))
                .answers(List.of(List.of(0, 4)), List.of());

        // From 09:00 in Lisbon it is 14:30 in Kolkata.
        JsonPath best = see(token, "?hours=09:00-15:30");
        assertThat(best.getList("best.yes", Integer.class)).containsExactly(2, 2, 1, 1);
        assertThat(best.getList("yes", Integer.class)).containsExactly(2, 2, 2, 2);
        assertThat(see(token, "?hours=09:00-15:00&people=2").getList("best.firstSlot", Integer.class))
                .containsExactly(0);
        for (String hours : List.of("9-17", "17:00-09:00", "09:00-25:00", "09:00 17:00", "09:00-09:00")) {
            Api.request()
                    .get(path(token) + "?hours=" + hours.replace(" ", "%20"))
                    .then()
                    .statusCode(400);
        }
        Api.request()
                .body(Map.of("name", "Cy", "timeZone", "Mars/Olympus"))
                .post(path(token) + "/participants")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("timeZone"));
    }

    @Test
    void whoIsSignedInOrganizesWithoutAKey() {
        Person ada = Api.signUp();
        String token = ada.request()
                .body(event())
                .post(GroupEvents.EVENTS)
                .then()
                .statusCode(201)
                .extract()
                .path("token");

        ada.request().get(path(token) + "/settings").then().statusCode(200).body("week", nullValue());
        Api.signUp().request().get(path(token) + "/settings").then().statusCode(403);
    }
}
