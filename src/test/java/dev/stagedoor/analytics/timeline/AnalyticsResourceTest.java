package dev.stagedoor.analytics.timeline;

import static dev.stagedoor.analytics.Samples.analytics;
import static dev.stagedoor.analytics.Samples.sample;
import static dev.stagedoor.analytics.Samples.startedAt;
import static dev.stagedoor.analytics.Samples.store;
import static dev.stagedoor.analytics.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.analytics.Samples;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Streams;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class AnalyticsResourceTest {

    private static final int MOST_VIEWERS = 100_000_000;
    private static final Instant TEN = Instant.parse("2026-10-20T10:00:00Z");

    private Person owner;

    @BeforeEach
    void someoneOwnsStreams() {
        owner = Api.signUp();
    }

    private static JsonPath points(Person owner, String streamId, String query) {
        return analytics(owner, streamId, query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void eachNumberCountsForAsLongAsItHolds() {
        String stream = startedAt(owner, TEN);
        store(
                owner,
                List.of(
                        sample(stream, TEN, 100, 1),
                        sample(stream, TEN.plusSeconds(30), 300, 2),
                        sample(stream, TEN.plusSeconds(75), 0, 4),
                        sample(stream, TEN.plusSeconds(90), 500, 0)));

        JsonPath found = points(owner, stream, "bucket=minute&from=2026-10-20T10:00:00Z&to=2026-10-20T10:02:00Z");

        assertThat(found.getList("points.start")).isEqualTo(List.of("2026-10-20T10:00:00Z", "2026-10-20T10:01:00Z"));
        assertThat(found.getList("points.avgViewers", Double.class))
                .isEqualTo(List.of(200.0, (15 * 300 + 30 * 500) / 60.0));
        assertThat(found.getList("points.meanSample", Double.class)).isEqualTo(List.of(200.0, 250.0));
        assertThat(found.getList("points.peakViewers")).isEqualTo(List.of(300, 500));
        assertThat(found.getList("points.peakAt")).isEqualTo(List.of("2026-10-20T10:00:30Z", "2026-10-20T10:01:30Z"));
        assertThat(found.getList("points.minutesWatched", Double.class)).isEqualTo(List.of(200.0, 325.0));
        assertThat(found.getList("points.chatMessages")).isEqualTo(List.of(3, 4));
        assertThat(found.getList("points.samples")).isEqualTo(List.of(2, 2));
        assertThat(found.getList("points.coverage", Double.class)).isEqualTo(List.of(1.0, 1.0));
    }

    @Test
    void aNumberIsCarriedIntoTheNextBucketsUntilItIsSilentForTooLong() {
        String stream = startedAt(owner, TEN);
        store(owner, List.of(sample(stream, TEN.plusSeconds(30), 60, 0)));

        JsonPath found = points(owner, stream, "bucket=minute&from=2026-10-20T10:00:00Z&to=2026-10-20T10:08:00Z");

        assertThat(found.getList("points.coverage", Double.class))
                .isEqualTo(List.of(0.5, 1.0, 1.0, 1.0, 1.0, 0.5, 0.0, 0.0));
        assertThat(found.getList("points.peakAt").get(1)).isEqualTo("2026-10-20T10:01:00Z");
        assertThat(found.getList("points.samples")).isEqualTo(List.of(1, 0, 0, 0, 0, 0, 0, 0));
        for (String figure : List.of("avgViewers", "peakViewers", "peakAt", "minutesWatched", "chatMessages")) {
            assertThat(found.getList("points." + figure).subList(6, 8))
                    .as(figure)
                    .containsOnlyNulls();
        }
        assertThat(found.getList("points.meanSample").subList(1, 8)).containsOnlyNulls();
    }

    @Test
    void theEndOfTheStreamEndsWhatItsSamplesSay() {
        Instant begin = Instant.now().minusSeconds(90);
        String stream = startedAt(owner, begin);
        store(
                owner,
                List.of(
                        sample(stream, begin, 10, 0),
                        sample(stream, Instant.now().plusSeconds(600), 1_000, 0),
                        sample(stream, Instant.now().plusSeconds(700), 2_000, 0),
                        sample(stream, Instant.now().plusSeconds(3_590), 3_000, 0)));
        Streams.end(owner, stream);
        Instant end = Instant.parse(Chat.get(owner, Streams.stream(stream)).getString("endedAt"));

        store(owner, List.of(sample(stream, begin.plusSeconds(30), 20, 0)));

        owner.request()
                .get(Streams.stream(stream) + "/summary")
                .then()
                .statusCode(200)
                .body("live", equalTo(false))
                .body("currentViewers", nullValue())
                .body("samples", equalTo(5))
                .body("coverage.toDouble()", closeTo(1, 0.001))
                .body(
                        "minutesWatched.toDouble()",
                        closeTo(
                                (30 * 10
                                                + Duration.between(begin.plusSeconds(30), end)
                                                                .toMillis()
                                                        / 1000.0
                                                        * 20)
                                        / 60,
                                0.01));
        assertThat(Database.query("SELECT count(*) FROM metrics_minute WHERE livestream_id = '" + stream
                        + "' AND start > '" + end + "' AND (covered_millis > 0 OR viewers_at_start IS NOT NULL)"))
                .containsExactly("0");
        assertUnitsAgree(stream);
    }

    private static void assertUnitsAgree(String stream) {
        assertThat(Database.query("""
                SELECT DISTINCT viewer_millis FROM (
                    SELECT sum(viewer_millis) AS viewer_millis FROM metrics_minute WHERE livestream_id = '%1$s'
                    UNION ALL SELECT sum(viewer_millis) FROM hour_sums WHERE livestream_id = '%1$s'
                    UNION ALL SELECT sum(viewer_millis) FROM day_sums WHERE livestream_id = '%1$s'
                ) sums""".formatted(stream))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        // zone, the day, its beginning and its end
        "Europe/Lisbon, 2026-03-29, 2026-03-29T00:00:00Z, 2026-03-29T23:00:00Z",
        "Europe/Lisbon, 2026-10-25, 2026-10-24T23:00:00Z, 2026-10-26T00:00:00Z",
        "Asia/Kolkata, 2026-10-25, 2026-10-24T18:30:00Z, 2026-10-25T18:30:00Z",
        "Australia/Lord_Howe, 2026-10-04, 2026-10-03T13:30:00Z, 2026-10-04T13:00:00Z",
        "UTC, 2026-10-25, 2026-10-25T00:00:00Z, 2026-10-26T00:00:00Z"
    })
    void daysAreThoseOfTheZone(String zone, String day, Instant begin, Instant end) {
        String stream = startedAt(owner, begin.minusSeconds(3_600));
        store(
                owner,
                List.of(
                        sample(stream, begin.minusSeconds(120), 10, 0),
                        sample(stream, begin.minusSeconds(60), 20, 0),
                        sample(stream, begin.plusSeconds(60), 40, 5),
                        sample(stream, end.minusSeconds(60), 80, 7),
                        sample(stream, end.plusSeconds(60), 160, 0)));

        JsonPath found = points(owner, stream, "bucket=day&tz=" + zone + "&from=" + begin + "&to=" + end);

        Duration length = Duration.between(begin, end);
        assertThat(found.getString("timeZone")).isEqualTo(zone);
        assertThat(found.getList("points.start")).as(day).isEqualTo(List.of(begin.toString()));
        assertThat(found.getDouble("points[0].minutesWatched")).isEqualTo(20 + 5 * 40 + 80);
        assertThat(found.getDouble("points[0].coverage")).isCloseTo(420.0 / length.toSeconds(), within(1e-7));
        assertThat(found.getInt("points[0].peakViewers")).isEqualTo(80);
        assertThat(found.getInt("points[0].chatMessages")).isEqualTo(12);
        assertThat(found.getInt("points[0].samples")).isEqualTo(2);
    }

    @Test
    void thePreviousTimeIsAsLongAndNextToIt() {
        String stream = startedAt(owner, TEN);
        store(
                owner,
                List.of(sample(stream, TEN.plusSeconds(3_600), 7, 0), sample(stream, TEN.plusSeconds(10_800), 9, 0)));

        JsonPath found =
                points(owner, stream, "bucket=hour&compare=previous&from=2026-10-20T12:00:00Z&to=2026-10-20T13:30:00Z");

        assertThat(found.getList("points.start")).isEqualTo(List.of("2026-10-20T12:00:00Z", "2026-10-20T13:00:00Z"));
        assertThat(found.getList("previous.start")).isEqualTo(List.of("2026-10-20T10:00:00Z", "2026-10-20T11:00:00Z"));
        assertThat(found.getList("points.peakViewers")).containsExactly(null, 9);
        assertThat(found.getList("previous.peakViewers")).containsExactly(null, 7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bucket=second",
                "tz=Mars/Olympus",
                "from=yesterday",
                "to=2026-10-20",
                "from=%2B999999999-01-01T00:00:00Z",
                "from=2026-10-20T10:00:00Z&to=2026-10-20T10:00:00Z",
                "bucket=minute&from=2020-01-01T00:00:00Z",
                "compare=next"
            })
    void aQuestionThatMakesNoSenseIsRefused(String query) {
        String stream = startedAt(owner, TEN);
        analytics(owner, stream, query)
                .then()
                .statusCode(400)
                .body(
                        "errors.field",
                        hasItem(query.replaceFirst("^bucket=minute&", "").replaceFirst("=.*", "")));
    }

    @Test
    void onlyTheOwnerAndAdminsSeeTheFigures() {
        String stream = startedAt(owner, TEN);
        Person other = Api.signUp();
        for (String path : List.of(
                Streams.stream(stream) + "/analytics",
                Streams.stream(stream) + "/summary",
                "/api/v1/creators/" + owner.id() + "/analytics")) {
            owner.request().get(path).then().statusCode(200);
            Api.admin().request().get(path).then().statusCode(200);
            other.request().get(path).then().statusCode(403);
            Api.request().get(path).then().statusCode(401);
        }
        for (String path : List.of("/analytics", "/summary")) {
            owner.request().get(Streams.stream(Chat.UNKNOWN_ID) + path).then().statusCode(404);
        }
    }

    @Test
    void aCreatorsStreamsAreAddedUp() {
        String first = startedAt(owner, TEN);
        String second = startedAt(owner, TEN.plusSeconds(7_200));
        store(
                owner,
                List.of(
                        sample(first, TEN, 60, 1),
                        sample(first, TEN.plusSeconds(240), 0, 0),
                        sample(second, TEN.plusSeconds(7_200), 120, 2),
                        sample(second, TEN.plusSeconds(7_500), 0, 0)));
        Database.change("UPDATE live_stream SET ended_at = started_at + interval '1 hour' WHERE owner_id = '"
                + owner.id() + "'");

        owner.request()
                .get("/api/v1/creators/" + owner.id() + "/analytics?from=2026-10-20T10:00:00Z&to=2026-10-20T12:30:00Z")
                .then()
                .statusCode(200)
                .body("to", equalTo("2026-10-20T13:00:00Z"))
                .body("hoursStreamed.toDouble()", closeTo(2, 1e-9))
                .body("hoursWatched.toDouble()", closeTo((4 * 60 + 5 * 120) / 60.0, 1e-9))
                .body("peakViewers", equalTo(120))
                .body("streams.streamId", equalTo(List.of(second, first)))
                .body("streams[1].hoursWatched.toDouble()", closeTo(4, 1e-9));
        owner.request()
                .get("/api/v1/creators/" + owner.id() + "/analytics?from=2026-10-20T11:00:00Z&to=2026-10-20T12:00:00Z")
                .then()
                .statusCode(200)
                .body("streams", hasSize(0))
                .body("hoursWatched", nullValue());
    }

    @Test
    void whatIsDeletedLeavesNoFigures() {
        String stream = startedAt(owner, TEN);
        store(owner, List.of(sample(stream, TEN, 60, 1), sample(stream, TEN.plusSeconds(10), 60, 1)));

        Streams.delete(owner, Streams.stream(stream), "*").then().statusCode(204);

        assertThat(Database.query("SELECT count(*) FROM metrics_minute WHERE livestream_id = '" + stream + "'"))
                .containsExactly("0");
        assertThat(Samples.post(owner, List.of(sample(stream, TEN, 60, 1))).statusCode())
                .isEqualTo(400);
    }

    @Test
    void everyoneSeesWhatIsLive() {
        String stream = startedAt(owner, Instant.now().minusSeconds(60));
        store(owner, List.of(sample(stream, Instant.now(), MOST_VIEWERS, 0)));
        Database.change(
                "DELETE FROM newest_sample WHERE livestream_id <> '" + stream + "' AND viewer_count = " + MOST_VIEWERS);

        for (String path : List.of("/api/v1/stats", "/api/stream-stats")) {
            await().untilAsserted(() -> Api.request()
                    .get(path)
                    .then()
                    .statusCode(200)
                    .header("Cache-Control", "public, max-age=0, s-maxage=60, stale-while-revalidate=120")
                    .body("topStreams[0].id", equalTo(stream))
                    .body("topStreams[0].viewers", equalTo(MOST_VIEWERS)));
        }
    }

    @Test
    void samplesAreExportedInOrderAndCanBeReadInAgain() {
        String stream = startedAt(owner, TEN);
        List<Map<String, Object>> samples = IntStream.range(0, 4_500)
                .mapToObj(i -> sample(stream, TEN.plusSeconds(4_499 - i), i, 1))
                .collect(Collectors.toList());
        samples.set(0, with(samples.get(0), "country", Map.of("PT", 3)));
        for (int from = 0; from < samples.size(); from += 1_500) {
            store(owner, samples.subList(from, from + 1_500));
        }

        String[] lines = export("application/x-ndjson", "/samples", stream).split("\n");
        assertThat(lines).hasSize(4_500);
        assertThat(new JsonObject(lines[0])).isEqualTo(new JsonObject(sample(stream, TEN, 4_499, 1)));
        assertThat(new JsonObject(lines[4_499]).getJsonObject("country").getInteger("PT"))
                .isEqualTo(3);
        owner.request()
                .contentType("application/x-ndjson")
                .body(String.join("\n", List.of(lines).subList(0, 2_000)).getBytes(StandardCharsets.UTF_8))
                .post(Samples.BATCH)
                .then()
                .statusCode(202)
                .body("accepted", equalTo(2_000));
        assertThat(export("text/csv", "/samples/csv?from=" + TEN + "&to=" + TEN.plusSeconds(1), stream))
                .isEqualTo("stream_id,timestamp,viewer_count,chat_activity,bitrate_kbps,dropped_frames,country,device\n"
                        + stream + ",2026-10-20T10:00:00Z,4499,1,,,,\n");
        assertThat(export("text/csv", "/samples/csv?from=" + TEN.plusSeconds(4_499), stream))
                .endsWith(",0,1,,,\"{\"\"PT\"\": 3}\",\n");
    }

    private String export(String mediaType, String path, String streamId) {
        return owner.request()
                .accept(mediaType)
                .get(Streams.stream(streamId) + path)
                .then()
                .statusCode(200)
                .contentType(mediaType)
                .extract()
                .asString();
    }

    @Test
    void samplesAreNotForOthers() {
        String stream = startedAt(owner, TEN);
        for (String path : List.of("/samples", "/samples/csv")) {
            Api.signUp().request().get(Streams.stream(stream) + path).then().statusCode(403);
            owner.request().get(Streams.stream(Chat.UNKNOWN_ID) + path).then().statusCode(404);
            owner.request()
                    .get(Streams.stream(stream) + path + "?from=x")
                    .then()
                    .statusCode(400);
        }
    }

    @Test
    void aNumberOfTheFutureIsNotThatOfNow() {
        String stream = startedAt(owner, Instant.now().minusSeconds(60));
        store(
                owner,
                List.of(
                        sample(stream, Instant.now().minusSeconds(30), 5, 0),
                        sample(stream, Instant.now().plusSeconds(1_800), 1_000_000, 0)));

        owner.request()
                .get(Streams.stream(stream) + "/summary")
                .then()
                .statusCode(200)
                .body("live", equalTo(true))
                .body("currentViewers", nullValue());
        await().untilAsserted(() -> Api.request()
                .get("/api/v1/stats")
                .then()
                .statusCode(200)
                .body("topStreams.find { it.id == '" + stream + "' }?.viewers", not(equalTo(1_000_000))));
    }

    @Test
    void aPeakMayHaveBegunBeforeTheTime() {
        String stream = startedAt(owner, TEN.minusSeconds(600));
        store(
                owner,
                List.of(sample(stream, TEN.minusSeconds(120), 1_000, 0), sample(stream, TEN.plusSeconds(120), 10, 0)));

        owner.request()
                .get("/api/v1/creators/" + owner.id() + "/analytics?from=" + TEN + "&to=" + TEN.plusSeconds(3_600))
                .then()
                .statusCode(200)
                .body("peakViewers", equalTo(1_000))
                .body("peakAt", equalTo(TEN.toString()));
    }
}
