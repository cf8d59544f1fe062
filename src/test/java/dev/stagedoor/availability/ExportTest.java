package dev.stagedoor.availability;

import static dev.stagedoor.availability.GroupEvents.createEvent;
import static dev.stagedoor.availability.GroupEvents.createdToken;
import static dev.stagedoor.availability.GroupEvents.event;
import static dev.stagedoor.availability.GroupEvents.join;
import static dev.stagedoor.availability.GroupEvents.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.availability.GroupEvents.Guest;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@StagedoorTest
class ExportTest {

    private static String file(String token, String name, String type) {
        return Api.request()
                .accept("*/*")
                .get(path(token) + "/" + name)
                .then()
                .statusCode(200)
                .contentType(type)
                .header("Content-Disposition", containsString("attachment"))
                .extract()
                .asString();
    }

    private static void step(JsonPath made, String step, Object body) {
        Api.request()
                .header("X-Organizer-Key", made.getString("organizerKey"))
                .body(body)
                .post(path(made.getString("token")) + "/" + step)
                .then()
                .statusCode(204);
    }

    @Test
    void calendarsLearnWhenItWillBeAndThatItWillNot() {
        JsonPath made = createEvent(event("title", "Read, through; twice"));
        String token = made.getString("token");
        Api.request().get(path(token) + "/calendar.ics").then().statusCode(409);
        step(made, "finalize", Map.of("firstSlot", 1, "slots", 2, "version", 0));

        String decided = file(token, "calendar.ics", "text/calendar");
        step(made, "reopen", Map.of());
        String cancelled = file(token, "calendar.ics", "text/calendar");
        step(made, "finalize", Map.of("firstSlot", 0, "version", 2));
        String again = file(token, "calendar.ics", "text/calendar");

        assertThat(decided)
                .contains("DTSTART;TZID=Europe/Lisbon:20261207T093000")
                .contains("DTEND;TZID=Europe/Lisbon:20261207T103000")
                .contains("SUMMARY:Read\\, through\\; twice")
                .contains("SEQUENCE:1\r\n")
                .contains("STATUS:CONFIRMED");
        assertThat(cancelled).contains("SEQUENCE:2\r\n").contains("STATUS:CANCELLED");
        assertThat(again).contains("SEQUENCE:3\r\n").contains("STATUS:CONFIRMED");
        String uid = decided.lines()
                .filter(line -> line.startsWith("UID:"))
                .findFirst()
                .orElseThrow();
        assertThat(List.of(cancelled, again))
                .allSatisfy(file -> assertThat(file).contains(uid));
        assertThat(decided).doesNotContain(token);
    }

    @Test
    void weekdaysOfAnyWeekRepeat() {
        Map<String, Object> weekly = event("weekdays", List.of("monday"));
        weekly.remove("dates");
        JsonPath made = createEvent(weekly);
        step(made, "finalize", Map.of("firstSlot", 0, "slots", 2, "version", 0));

        assertThat(file(made.getString("token"), "calendar.ics", "text/calendar"))
                .contains("RRULE:FREQ=WEEKLY")
                .containsPattern("DTSTART;TZID=Europe/Lisbon:[0-9]{8}T090000");
    }

    @Test
    void spreadsheetsGetALineForEachSlotAndNoFormula() {
        String token = createdToken(event());
        join(token, "=HYPERLINK(\"http://evil\")").answers(List.of(0), List.of(1));
        join(token, " +1, \"Ben\"").answers(List.of(List.of(0, 2)), List.of());

        assertThat(file(token, "answers.csv", "text/csv").lines())
                .containsExactly(
                        "\uFEFF\"day\",\"start\",\"end\",\"yes\",\"ifNeeded\",\"'=HYPERLINK(\"\"http://evil\"\")\","
                                + "\"' +1, \"\"Ben\"\"\"",
                        "\"\",\"2026-12-07T09:00:00Z\",\"2026-12-07T09:30:00Z\",\"2\",\"0\",\"yes\",\"yes\"",
                        "\"\",\"2026-12-07T09:30:00Z\",\"2026-12-07T10:00:00Z\",\"1\",\"1\",\"if needed\",\"yes\"",
                        "\"\",\"2026-12-07T10:00:00Z\",\"2026-12-07T10:30:00Z\",\"0\",\"0\",\"\",\"\"",
                        "\"\",\"2026-12-07T10:30:00Z\",\"2026-12-07T11:00:00Z\",\"0\",\"0\",\"\",\"\"");
    }

    @Test
    void programsGetAllThatWasAnswered() {
        String token = createdToken(event());
        join(token, "Ada").answers(List.of(0, 1, 3), List.of(2));

        Api.request()
                .get(path(token) + "/answers")
                .then()
                .statusCode(200)
                .body("title", equalTo("Read-through"))
                .body("slots.size()", equalTo(4))
                .body("participants[0].yes", equalTo("Cw=="))
                .body("participants[0].ifNeeded", equalTo("BA=="))
                .body("finalTime", nullValue());
    }

    @Test
    void nobodyLearnsByAnExportWhatTheyDoNotSee() {
        Map<String, Object> hidden = event("blind", true);
        hidden.put("hideNames", true);
        JsonPath made = createEvent(hidden);
        String token = made.getString("token");
        Guest ada = join(token, "Ada");
        Guest ben = join(token, "Ben");
        ada.answers(List.of(0), List.of());

        for (String name : List.of("answers", "answers.csv")) {
            Api.request().accept("*/*").get(path(token) + "/" + name).then().statusCode(403);
            Api.request()
                    .accept("*/*")
                    .header("X-Session-Key", ben.sessionKey())
                    .get(path(token) + "/" + name)
                    .then()
                    .statusCode(403);
        }
        Api.request()
                .header("X-Session-Key", ada.sessionKey())
                .get(path(token) + "/answers")
                .then()
                .body("participants.name", contains(null, null));
        String csv = Api.request()
                .accept("text/csv")
                .header("X-Organizer-Key", made.getString("organizerKey"))
                .get(path(token) + "/answers.csv")
                .asString();
        assertThat(csv).contains("\"Ada\",\"Ben\"");
    }
}
