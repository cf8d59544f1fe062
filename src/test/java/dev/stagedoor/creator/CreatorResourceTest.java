package dev.stagedoor.creator;

import static dev.stagedoor.creator.Creators.ME;
import static dev.stagedoor.creator.Creators.body;
import static dev.stagedoor.creator.Creators.creator;
import static dev.stagedoor.creator.Creators.replace;
import static dev.stagedoor.creator.Creators.slots;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.PusherSocket;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Together;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@StagedoorTest
class CreatorResourceTest {

    private static final List<Map<String, String>> ALWAYS = Stream.of(
                    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
            .map(day -> Map.of("day", day, "from", "00:00", "to", "24:00"))
            .toList();

    private static final String ENGINES = """
            {"headline": "Learn to program an engine ⚙", "bio": "Notes\\nand more notes",
             "categories": ["mathematics", "poetical science", "mathematics"], "languages": ["EN-gb", "fr"],
             "pricePerMinuteTokens": 5, "sessionMinutes": 45, "timeZone": "Europe/London",
             "weeklyHours": [{"day": "tuesday", "from": "22:00", "to": "24:00"},
                             {"day": "monday", "from": "13:00", "to": "17:00"},
                             {"day": "monday", "from": "09:00", "to": "13:00"}],
             "exceptions": [{"date": "2026-12-25"},
                            {"date": "2026-12-24", "hours": [{"from": "09:00", "to": "12:00"}]}]}
            """;

    /** Who stays none. */
    private static Person nobody;

    private static Person creator;

    /** Always in the future, and the same for one test. */
    private final LocalDate someDay = LocalDate.now(ZoneOffset.UTC).plusDays(3);

    private final Instant midnight = someDay.atStartOfDay().toInstant(ZoneOffset.UTC);

    @Test
    void aUserBecomesACreator() {
        Person ada = Api.signUp();

        Response created = ada.request().body(ENGINES).put(ME);

        created.then()
                .statusCode(201)
                .header("Location", endsWith(creator(ada)))
                .header("X-Invalidates", equalTo("creators, creator:%1$s, creator:%1$s:slots".formatted(ada.id())))
                .body("id", equalTo(ada.id()))
                .body("username", equalTo(ada.username()))
                .body("displayName", equalTo("Test " + ada.username()))
                .body("headline", equalTo("Learn to program an engine ⚙"))
                .body("bio", equalTo("Notes\nand more notes"))
                .body("categories", equalTo(List.of("mathematics", "poetical science")))
                .body("languages", equalTo(List.of("en-GB", "fr")))
                .body("priceTokens", equalTo(225))
                .body("pricePerMinuteTokens", equalTo(5))
                .body("sessionMinutes", equalTo(45))
                .body("timeZone", equalTo("Europe/London"))
                .body("sessionCount", equalTo(0))
                .body("ratingCount", equalTo(0))
                .body("avgRating", nullValue())
                .body("version", equalTo(0))
                .body("$", not(hasKey("slots")));
        Response own = ada.request().get(ME);
        assertThat(own.asString()).isEqualTo(created.asString());
        assertThat(own.header("ETag")).isEqualTo(created.header("ETag"));
    }

    @Test
    void hoursComeBackInTheirOrder() {
        Response created = Api.signUp().request().body(ENGINES).put(ME);

        created.then()
                .statusCode(201)
                .body(
                        "weeklyHours",
                        equalTo(List.of(
                                Map.of("day", "monday", "from", "09:00", "to", "13:00"),
                                Map.of("day", "monday", "from", "13:00", "to", "17:00"),
                                Map.of("day", "tuesday", "from", "22:00", "to", "24:00"))))
                .body(
                        "exceptions",
                        equalTo(List.of(
                                Map.of("date", "2026-12-24", "hours", List.of(Map.of("from", "09:00", "to", "12:00"))),
                                Map.of("date", "2026-12-25", "hours", List.of()))));
    }

    @Test
    void whatIsAbsentHasADefault() {
        Person ada = Creators.create(Map.of());

        Api.request()
                .get(creator(ada))
                .then()
                .statusCode(200)
                .body("bio", equalTo(""))
                .body("categories", hasSize(0))
                .body("languages", hasSize(0))
                .body("priceTokens", equalTo(100))
                .body("pricePerMinuteTokens", nullValue())
                .body("sessionMinutes", equalTo(60))
                .body("timeZone", equalTo("UTC"))
                .body("weeklyHours", hasSize(0))
                .body("exceptions", hasSize(0))
                .body("slots", hasSize(0));
    }

    @Test
    void onlyWhatItsCreatorHasSeenIsReplaced() {
        Person ada = Api.signUp();
        ada.request()
                .header("If-Match", "*")
                .body(body(Map.of()))
                .put(ME)
                .then()
                .statusCode(412);
        String seen = ada.request().body(body(Map.of())).put(ME).header("ETag");
        Map<String, Object> other = body(Map.of("headline", "Dance with me", "weeklyHours", ALWAYS));

        ada.request().body(other).put(ME).then().statusCode(428);
        ada.request().header("If-None-Match", "*").body(other).put(ME).then().statusCode(412);
        ada.request()
                .header("If-Match", seen)
                .body(other)
                .put(ME)
                .then()
                .statusCode(200)
                .body("headline", equalTo("Dance with me"))
                .body("weeklyHours", hasSize(7))
                .body("version", equalTo(1));
        ada.request()
                .header("If-Match", seen)
                .body(body(Map.of()))
                .put(ME)
                .then()
                .statusCode(412)
                .body("current.headline", equalTo("Dance with me"));
        replace(ada, body(Map.of())).then().statusCode(200).body("weeklyHours", hasSize(0));
        Api.request().get(creator(ada)).then().body("headline", equalTo("Sing with me"));
    }

    @Test
    void whoWatchesACreatorIsToldOfAChange() {
        Person ada = Creators.create(Map.of());
        String channel = "creator-" + ada.id();
        try (PusherSocket socket = PusherSocket.open("http://localhost:" + RestAssured.port)) {
            socket.subscribe(channel);
            assertThat(socket.awaitSubscribed(channel).isOpen()).isTrue();

            replace(ada, body(Map.of("headline", "Dance with me"))).then().statusCode(200);

            JsonObject told = socket.await("creator.updated", channel).data();
            assertThat(told.getString("headline")).isEqualTo("Dance with me");
            assertThat(told.getJsonArray("invalidates"))
                    .containsExactly("creators", "creator:" + ada.id(), "creator:" + ada.id() + ":slots");
        }
    }

    @Test
    void ofManyFirstPutsOneMakesTheCreator() {
        Person ada = Api.signUp();

        List<Integer> statuses =
                Together.run(8, i -> ada.request().body(body(Map.of())).put(ME).statusCode());

        assertThat(statuses).containsOnly(201, 428).containsOnlyOnce(201);
        ada.request().get(ME).then().body("version", equalTo(0));
    }

    @Test
    void whoIsNoCreatorIsNotFound() {
        Person nobody = Api.signUp();

        nobody.request().get(ME).then().statusCode(404);
        Api.request().get(creator(nobody)).then().statusCode(404);
        Api.request().get(slots(nobody)).then().statusCode(404);
        Api.request().get("/api/v1/creators/x").then().statusCode(404);
    }

    @Test
    void theNamelessAndKeysWithoutTheScopeWriteNothing() {
        Person ada = Api.signUp();
        String key = ada.request()
                .body(Map.of("name", "streams", "scopes", List.of("streams:write")))
                .post("/api/v1/api-keys")
                .path("key");

        Api.request().body(body(Map.of())).put(ME).then().statusCode(401);
        Api.request().get(ME).then().statusCode(401);
        Api.request()
                .header("X-API-Key", key)
                .body(body(Map.of()))
                .put(ME)
                .then()
                .statusCode(403);
        ada.request().get(ME).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            headline               | {"priceTokens":1}
            headline               | {"priceTokens":1,"headline":" "}
            headline               | {"priceTokens":1,"headline":"two\\nlines"}
            bio                    | {"bio":"nul\\u0000"}
            categories[0]          | {"categories":[" "]}
            categories             | {"categories":["1","2","3","4","5","6","7","8","9","10","11"]}
            languages[0]           | {"languages":["english language"]}
            languages[0]           | {"languages":[null]}
            priceTokens            | {}
            priceTokens            | {"priceTokens":1,"pricePerMinuteTokens":1}
            priceTokens            | {"priceTokens":-1}
            priceTokens            | {"priceTokens":1000000001}
            priceTokens            | {"priceTokens":1e30}
            priceTokens            | {"priceTokens":1.9}
            pricePerMinuteTokens   | {"pricePerMinuteTokens":-1}
            pricePerMinuteTokens   | {"pricePerMinuteTokens":16666667}
            sessionMinutes         | {"priceTokens":1,"sessionMinutes":4}
            sessionMinutes         | {"priceTokens":1,"sessionMinutes":481}
            timeZone               | {"priceTokens":1,"timeZone":"Europe/Atlantis"}
            timeZone               | {"priceTokens":1,"timeZone":"+02:00"}
            timeZone               | {"priceTokens":1,"timeZone":"europe/london"}
            weeklyHours[0].day     | {"priceTokens":1,"weeklyHours":[{"day":"Monday","from":"09:00","to":"10:00"}]}
            weeklyHours[0].day     | {"priceTokens":1,"weeklyHours":[{"from":"09:00","to":"10:00"}]}
            weeklyHours[0].from    | {"priceTokens":1,"weeklyHours":[{"day":"monday","from":"24:00","to":"24:00"}]}
            weeklyHours[0].from    | {"priceTokens":1,"weeklyHours":[{"day":"monday","from":"9:00","to":"10:00"}]}
            weeklyHours[0].to      | {"priceTokens":1,"weeklyHours":[{"day":"monday","from":"09:00","to":"24:01"}]}
            weeklyHours[0].to      | {"priceTokens":1,"weeklyHours":[{"day":"monday","from":"09:00","to":"09:00"}]}
            weeklyHours[0].to      | {"priceTokens":1,"weeklyHours":[{"day":"monday","from":"22:00","to":"02:00"}]}
            weeklyHours[1]         | {"priceTokens":1,"weeklyHours":[{"day":"monday","from":"09:00","to":"11:00"},{"day":"monday","from":"10:59","to":"12:00"}]}
            weeklyHours[0]         | {"priceTokens":1,"weeklyHours":[null]}
            exceptions[0].date     | {"priceTokens":1,"exceptions":[{}]}
            exceptions[0].date     | {"priceTokens":1,"exceptions":[{"date":"2026-02-29"}]}
            exceptions[0].date     | {"priceTokens":1,"exceptions":[{"date":"2026-12-24T00:00:00Z"}]}
            exceptions[1].date     | {"priceTokens":1,"exceptions":[{"date":"2026-12-24"},{"date":"2026-12-24"}]}
            exceptions[0].hours[1] | {"priceTokens":1,"exceptions":[{"date":"2026-12-24","hours":[{"from":"09:00","to":"10:00"},{"from":"08:00","to":"24:00"}]}]}
            exceptions[0].hours[0].to | {"priceTokens":1,"exceptions":[{"date":"2026-12-24","hours":[{"from":"09:00","to":"08:00"}]}]}
            sessionCount           | {"priceTokens":1,"sessionCount":5}
            """)
    void whatIsNoCreatorIsRefusedByTheNameOfItsField(String field, String json) {
        nobody = nobody == null ? Api.signUp() : nobody;
        String body = json.contains("headline") || field.equals("headline")
                ? json
                : "{\"headline\":\"a\"" + (json.equals("{}") ? "}" : "," + json.substring(1));

        nobody.request()
                .body(body)
                .put(ME)
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:stagedoor:problem:invalid-request"))
                .body("errors.field", hasItem(field));
        nobody.request().get(ME).then().statusCode(404);
    }

    @Test
    void hoursOfAWeekAreLimited() {
        List<Map<String, String>> tooMany = Stream.iterate(0, i -> i < 51, i -> i + 1)
                .map(i -> Map.of("day", "monday", "from", "%02d:00".formatted(i % 24), "to", "24:00"))
                .toList();

        Api.signUp()
                .request()
                .body(body(Map.of("weeklyHours", tooMany)))
                .put(ME)
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("weeklyHours")));
    }

    @Test
    void freeSlotsAreTheHoursLessWhatIsTaken() {
        Person ada = Creators.create(Map.of(
                "sessionMinutes",
                90,
                "exceptions",
                List.of(Map.of(
                        "date",
                        someDay.toString(),
                        "hours",
                        List.of(Map.of("from", "09:00", "to", "16:00"), Map.of("from", "22:30", "to", "24:00"))))));
        take(ada, midnight.plusSeconds(12 * 3600 + 60), "confirmed");
        take(ada, midnight.plusSeconds(9 * 3600), "cancelled");

        List<String> starts = List.of(at("09:00"), at("10:30"), at("13:30"), at("22:30"));
        Api.request()
                .get(slots(ada))
                .then()
                .statusCode(200)
                .body("data.start", equalTo(starts))
                .body("data[0].end", equalTo(at("10:30")));
        Api.request().get(creator(ada)).then().statusCode(200).body("slots.start", equalTo(starts));
        Api.request()
                .get(slots(ada) + "?from=" + at("09:01") + "&to=" + at("23:59"))
                .then()
                .statusCode(200)
                .body("data.start", equalTo(List.of(at("10:30"), at("13:30"))));
    }

    private String at(String time) {
        return someDay + "T" + time + ":00Z";
    }

    /** Half an hour of a creator's, past the service. */
    private static void take(Person creator, Instant start, String status) {
        Database.change("""
                INSERT INTO creator_session (id, creator_id, user_id, status, starts_at, ends_at, price_tokens,
                                             refundable_until, created_at)
                VALUES (gen_random_uuid(), '%s', '%s', '%s', '%4$s', '%4$s'::timestamptz + interval '30 minutes', 0, now(), now())
                """.formatted(creator.id(), Api.admin().id(), status, start));
    }

    @Test
    void theNextTwentySlotsAreShownAndNoneOfThePast() {
        Person ada = Creators.create(Map.of("sessionMinutes", 30, "weeklyHours", ALWAYS));

        Response shown = Api.request().get(creator(ada));

        List<String> starts = shown.then().statusCode(200).extract().path("slots.start");
        assertThat(starts).hasSize(20).isSorted();
        assertThat(Instant.parse(starts.get(0))).isAfter(Instant.now().minusSeconds(60));
        List<String> ofPast = Api.request()
                .get(slots(ada) + "?from=2020-01-01T00:00:00Z&to=2020-01-03T00:00:00Z")
                .then()
                .statusCode(200)
                .extract()
                .path("data");
        assertThat(ofPast).isEmpty();
    }

    @Test
    void oneAnswerHasAThousandSlotsAtMost() {
        Person ada = Creators.create(Map.of("sessionMinutes", 5, "weeklyHours", ALWAYS));

        Api.request().get(slots(ada)).then().statusCode(200).body("data", hasSize(1000));
    }

    @Test
    void otherHoursShowAtOnce() {
        Person ada = Creators.create(Map.of());
        Api.request().get(creator(ada)).then().statusCode(200).body("slots", hasSize(0));

        replace(ada, body(Map.of("weeklyHours", ALWAYS))).then().statusCode(200);

        Api.request().get(creator(ada)).then().body("slots", hasSize(20));
    }

    @ParameterizedTest
    @CsvSource({
        "from, ?from=tomorrow",
        "from, ?from=2026-12-24",
        "to, ?to=x",
        "to, ?from=2027-01-02T00:00:00Z&to=2027-01-02T00:00:00Z",
        "to, ?to=2020-01-01T00:00:00Z",
        "to, ?from=2027-01-01T00:00:00Z&to=2027-03-05T00:00:00Z",
        "to, ?from=2027-01-01T00:00:00Z&to=99999-01-01T00:00:00Z"
    })
    void anImpossibleTimeIsRefusedByTheNameOfItsParameter(String parameter, String query) {
        creator = creator == null ? Creators.create(Map.of()) : creator;

        Api.request()
                .get(slots(creator) + query)
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of(parameter)));
    }
}
