package dev.stagedoor.analytics.ingest;

import static dev.stagedoor.analytics.Samples.BATCH;
import static dev.stagedoor.analytics.Samples.post;
import static dev.stagedoor.analytics.Samples.sample;
import static dev.stagedoor.analytics.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Concurrently;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.RawHttp;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Streams;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class MetricsResourceTest {

    private static final String NDJSON = "application/x-ndjson";

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private Person owner;
    private String streamId;

    @BeforeEach
    void makeAStream() {
        owner = Api.signUp();
        streamId = Streams.create(owner);
    }

    private Map<String, Object> at(int secondsAgo) {
        return sample(streamId, now.minusSeconds(secondsAgo), 100 + secondsAgo, 3);
    }

    private List<String> stored() {
        return Database.query("SELECT viewer_count FROM livestream_metrics WHERE livestream_id = '" + streamId
                + "' ORDER BY timestamp DESC");
    }

    private static Person withKey(Person person, String scopes) {
        String key = person.request()
                .body("{\"name\": \"collector\", \"scopes\": [" + scopes + "]}")
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
        return new Person(person.id(), key, null, null);
    }

    private static Response postWithKey(Person keyed, List<?> batch) {
        return Api.request().header("X-API-Key", keyed.username()).body(batch).post(BATCH);
    }

    @Test
    void samplesAreStoredWithAllThatTheySay() {
        Map<String, Object> rich = with(
                with(with(with(at(5), "bitrateKbps", 4500), "droppedFrames", 2), "country", Map.of("PT", 60, "BR", 40)),
                "device",
                Map.of("phone", 70));

        post(owner, List.of(at(10), rich))
                .then()
                .statusCode(202)
                .body("accepted", equalTo(2))
                .body("problems", nullValue());

        assertThat(stored()).containsExactly("105", "110");
        assertThat(Database.query(
                        "SELECT concat_ws(' ', bitrate_kbps, dropped_frames, countries ->> 'BR', devices ->> 'phone')"
                                + " FROM livestream_metrics WHERE livestream_id = '" + streamId
                                + "' AND bitrate_kbps > 0"))
                .containsExactly("4500 2 40 70");
    }

    @Test
    void whatIsSentAgainIsThereOnceAndStaysAsItWas() {
        post(owner, List.of(at(10), at(5))).then().statusCode(202);

        post(owner, List.of(with(at(10), "viewerCount", 7), at(10), at(1)))
                .then()
                .statusCode(202)
                .body("accepted", equalTo(3));

        assertThat(stored()).containsExactly("101", "105", "110");
    }

    @Test
    void ofWhatIsRefusedEachHasItsProblemAndTheRestIsStored() {
        Person stranger = Api.signUp();
        String theirs = Streams.create(stranger);

        post(
                        owner,
                        List.of(
                                at(10),
                                with(at(9), "viewerCount", -1),
                                sample(Chat.UNKNOWN_ID, now, 1, 0),
                                sample(theirs, now, 1, 0),
                                with(at(8), "timestamp", now.plusSeconds(3_700).toString()),
                                with(
                                        at(8),
                                        "timestamp",
                                        now.minus(25, ChronoUnit.HOURS).toString()),
                                at(5)))
                .then()
                .statusCode(207)
                .body("accepted", equalTo(2))
                .body("problems.index", equalTo(List.of(1, 2, 3, 4, 5)))
                .body(
                        "problems.type",
                        equalTo(Stream.of(
                                        "invalid-sample",
                                        "not-found",
                                        "forbidden",
                                        "sample-in-future",
                                        "sample-before-start")
                                .map(code -> "urn:stagedoor:problem:" + code)
                                .toList()))
                .body("problems[0].detail", containsString("viewerCount"));

        assertThat(stored()).containsExactly("105", "110");
    }

    private static Stream<Arguments> wrongFields() {
        return Stream.of(
                Arguments.of("streamId", null),
                Arguments.of("streamId", "1-1-1-1-1"),
                Arguments.of("streamId", 7),
                Arguments.of("timestamp", null),
                Arguments.of("timestamp", "yesterday"),
                Arguments.of("timestamp", 1_763_700_000),
                Arguments.of("timestamp", "2026-11-21T19:00:00"),
                Arguments.of("timestamp", "2026-11-21T19:00:00Z+05:00"),
                Arguments.of("viewerCount", null),
                Arguments.of("viewerCount", "100"),
                Arguments.of("viewerCount", 1.5),
                Arguments.of("viewerCount", true),
                Arguments.of("viewerCount", 100_000_001),
                Arguments.of("viewerCount", new BigInteger("2147483648")),
                Arguments.of("viewerCount", new BigInteger("1".repeat(100))),
                Arguments.of("chatActivity", -1),
                Arguments.of("bitrateKbps", -1),
                Arguments.of("droppedFrames", "none"),
                Arguments.of("country", Map.of("Portugal", 1)),
                Arguments.of("country", Map.of("PT", -1)),
                Arguments.of("country", List.of("PT")),
                Arguments.of("device", Map.of("\u0000", 1)));
    }

    @ParameterizedTest
    @MethodSource("wrongFields")
    void aBatchOfWhichNothingIsStoredIsRefusedWithTheReason(String field, Object value) {
        post(owner, List.of(with(at(1), field, value)))
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("[0]"))
                .body("errors[0].message", containsString(field));

        assertThat(stored()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "7", "[", "[1,", "null", "[{\"streamId\": NaN}]", "[] []"})
    void whatIsNoArrayOfJsonIsRefused(String body) {
        owner.request().body(body).post(BATCH).then().statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[null]", "[[]]", "[7]"})
    void anArrayWithoutSamplesIsRefused(String body) {
        owner.request()
                .body(body)
                .post(BATCH)
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:stagedoor:problem:invalid-request"));
    }

    @Test
    void moreThanTwoThousandAreTooMany() {
        List<Map<String, Object>> batch =
                IntStream.range(0, 2_000).mapToObj(this::at).toList();

        post(owner, batch).then().statusCode(202).body("accepted", equalTo(2_000));
        List<Map<String, Object>> more = new ArrayList<>(batch);
        more.add(at(2_001));
        post(owner, more).then().statusCode(413);
        assertThat(stored()).hasSize(2_000);
    }

    @Test
    void linesAreTakenToo() {
        String lines = json(at(10)) + "\n\n" + json(at(9)) + "\r\nnot json\n" + json(at(8)) + " {}\n" + json(at(7));

        owner.request()
                .contentType(NDJSON)
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post(BATCH)
                .then()
                .statusCode(207)
                .body("accepted", equalTo(3))
                .body("problems.index", equalTo(List.of(2, 3)));

        assertThat(stored()).containsExactly("107", "109", "110");
    }

    private static String json(Map<String, Object> sample) {
        return new JsonObject(sample).encode();
    }

    @Test
    void aPackedBatchIsUnpacked() {
        String body = "[" + json(at(10)) + "," + json(at(9)) + "]";

        packed(gzip(body.getBytes(StandardCharsets.UTF_8)), "gzip")
                .then()
                .statusCode(202)
                .body("accepted", equalTo(2));
    }

    @Test
    void aPackedBatchThatIsDamagedOrTooLargeOrPackedOtherwiseIsRefused() {
        byte[] packed = gzip("[]".getBytes(StandardCharsets.UTF_8));

        packed(new byte[] {1, 2, 3}, "gzip").then().statusCode(400);
        packed(Arrays.copyOf(packed, packed.length - 5), "gzip").then().statusCode(400);
        packed(gzip(new byte[11 << 20]), "gzip").then().statusCode(413);
        packed(packed, "br").then().statusCode(415);
    }

    private Response packed(byte[] body, String encoding) {
        return owner.request().header("Content-Encoding", encoding).body(body).post(BATCH);
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    @Test
    void aBodyOfMoreThanTenMegabytesIsRefused() {
        RawHttp.Answer answer = RawHttp.send("POST " + BATCH
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 10485761\r\n\r\n");

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void keysWriteWhatTheirOwnersMay() {
        Person collector = withKey(owner, "\"metrics:write\"");
        Person strangers = withKey(Api.signUp(), "\"metrics:write\"");
        Person admins = withKey(Api.admin(), "\"metrics:write\"");
        Person without = withKey(owner, "\"streams:write\"");

        postWithKey(collector, List.of(at(1))).then().statusCode(202);
        postWithKey(strangers, List.of(at(2))).then().statusCode(400);
        postWithKey(admins, List.of(at(3))).then().statusCode(202);
        postWithKey(without, List.of(at(4))).then().statusCode(403);
        Api.request().body(List.of(at(5))).post(BATCH).then().statusCode(401);
        assertThat(stored()).containsExactly("101", "103");
    }

    @Test
    void manyAtOnceOnOneStreamAllStoreWhatIsAcknowledged() {
        AtomicInteger next = new AtomicInteger();
        List<Integer> statuses = Concurrently.times(16, () -> {
            int from = next.getAndIncrement();
            // Interleaved, and each overlaps the next.
            List<Map<String, Object>> batch =
                    IntStream.range(0, 60).mapToObj(i -> at(from + i * 16)).toList();
            List<Map<String, Object>> overlap = new ArrayList<>(batch);
            overlap.add(at(from + 1));
            return post(owner, overlap).statusCode();
        });

        assertThat(statuses).containsOnly(202);
        assertThat(stored()).hasSize(16 * 60);
        assertThat(Database.query(
                        "SELECT sum(samples) || ' ' || sum(viewer_sum) FROM metrics_minute WHERE livestream_id = '"
                                + streamId + "'"))
                .containsExactly(16 * 60 + " "
                        + IntStream.range(0, 960).map(i -> 100 + i).sum());
    }

    @Test
    void linesThatAreWrongCountToo() {
        owner.request()
                .contentType(NDJSON)
                .body("x\n".repeat(2_001).getBytes(StandardCharsets.UTF_8))
                .post(BATCH)
                .then()
                .statusCode(413);
    }

    @Test
    void aBodyOfEndlessNestingIsRefusedBeforeItIsInMemory() {
        String nested = "[[" + "{},".repeat(1_000_000) + "{}]]";

        owner.request().body(nested).post(BATCH).then().statusCode(400);
    }

    @Test
    void aBodyWithoutATypeIsReadAsJson() {
        RawHttp.Answer answer = RawHttp.send("POST " + BATCH + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + owner.accessToken() + "\r\nContent-Length: 2\r\n\r\n[]");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("at least one sample");
    }
}
