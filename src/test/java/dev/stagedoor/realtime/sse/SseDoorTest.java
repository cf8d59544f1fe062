package dev.stagedoor.realtime.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.stagedoor.account.signin.Forger;
import dev.stagedoor.realtime.Publisher;
import dev.stagedoor.realtime.Revocation;
import dev.stagedoor.realtime.Signal;
import dev.stagedoor.realtime.TestTopics;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.Metrics;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class SseDoorTest {

    @Inject
    Publisher publisher;

    @Inject
    SseDoor door;

    private final String topic = TestTopics.newPublic();
    private final String other = TestTopics.newPublic();

    @AfterEach
    void everyStreamEnds() {
        // That a client has gone is noticed when something is written, or its end of the connection is closed.
        await().until(() -> Metrics.sum("sse_connections_active") == 0);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aClientGetsWhatIsPublished(HttpClient.Version version) {
        try (EventSource source = EventSource.open(version, "channels=" + topic).ready()) {
            publisher.publish(topic, "lamp.lit", "{\"lamp\": 7}");

            EventSource.Event event = source.next();
            assertThat(event.name()).isEqualTo("lamp.lit");
            assertThat(new JsonObject(event.data()))
                    .isEqualTo(new JsonObject().put("channel", topic).put("data", new JsonObject().put("lamp", 7)));
            assertThat(event.id()).matches("[0-9]{13}-1");
            assertThat(source.response().version()).isEqualTo(version);
            assertThat(source.response().headers().map())
                    .containsEntry("content-type", List.of("text/event-stream"))
                    .containsEntry("cache-control", List.of("no-store"))
                    .containsEntry("x-accel-buffering", List.of("no"));
            assertThat(source.comments()).contains("retry: 1000");
        }
    }

    @Test
    void aClientThatComesAgainGetsWhatItMissedOnceAndInOrder() {
        String id;
        try (EventSource source = EventSource.open("channels=" + topic).ready()) {
            publisher.count(topic, 1, 3);
            assertThat(source.next(3)).isEqualTo(numbers(1, 3));
            id = source.lastId();
        }
        publisher.count(topic, 4, 60);

        try (EventSource source =
                EventSource.open("channels=" + topic, "Last-Event-ID", id).ready()) {
            publisher.count(topic, 61, 62);

            assertThat(source.next(59)).isEqualTo(numbers(4, 62));
            assertThat(source.isEmpty()).isTrue();
        }
    }

    @Test
    void anIdHasThePlaceInEveryChannel() {
        String channels = "channels=" + topic + "," + other;
        String id;
        try (EventSource source = EventSource.open(channels).ready()) {
            publisher.count(topic, 1, 2);
            publisher.count(other, 1, 1);
            assertThat(source.next(3)).isEqualTo(List.of("1", "2", "1"));
            id = source.lastId();
        }
        publisher.count(topic, 3, 3);
        publisher.count(other, 2, 3);

        try (EventSource source =
                EventSource.open(channels + "&lastEventId=" + id).ready()) {
            assertThat(source.next(3)).containsExactlyInAnyOrder("3", "2", "3");
            assertThat(source.isEmpty()).isTrue();
        }
    }

    @Test
    void whoNeverGotAnEventMissesNoneEither() {
        String id;
        try (EventSource source = EventSource.open("channels=" + topic).ready()) {
            id = source.lastId();
        }
        publisher.count(topic, 1, 2);

        try (EventSource source =
                EventSource.open("channels=" + topic, "Last-Event-ID", id).ready()) {
            assertThat(source.next(2)).isEqualTo(numbers(1, 2));
        }
    }

    @Test
    void whoGoesBeforeTheMissedEventsCameGetsThemTheNextTime() {
        publisher.count(topic, 1, 1);
        String id;
        try (EventSource source = EventSource.open("channels=" + topic).ready()) {
            id = source.lastId();
        }
        publisher.count(topic, 2, 3);
        try (EventSource source =
                EventSource.open("channels=" + topic, "Last-Event-ID", id).ready()) {
            assertThat(source.lastId()).isEqualTo(id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-1", "9999999999999-1", "x", "1-2_3-4", "\"", "1-99999999999999999999999"})
    void whatIsNotKeptAnyMoreIsSaidToBeSo(String id) {
        publisher.count(topic, 1, 3);

        try (EventSource source = EventSource.open("channels=" + topic + "," + other, "Last-Event-ID", id)) {
            List<EventSource.Event> events = List.of(source.next(), source.next());
            assertThat(events).extracting(EventSource.Event::name).containsOnly("reset");
            assertThat(events)
                    .extracting(event -> new JsonObject(event.data()).getString("channel"))
                    .containsExactly(topic, other);
            assertThat(source.next().name()).isEqualTo("ready");
            publisher.count(topic, 4, 4);
            assertThat(source.next(1)).isEqualTo(numbers(4, 4));
        }
    }

    @Test
    void aClientThatWasNeverHereIsToldOfNoReset() {
        publisher.count(topic, 1, 3);
        try (EventSource source =
                EventSource.open("channels=" + topic, "Last-Event-ID", " ").ready()) {
            publisher.count(topic, 4, 4);
            assertThat(source.next(1)).isEqualTo(numbers(4, 4));
        }
    }

    @Test
    void anyTextArrivesAsItIs() {
        try (EventSource source = EventSource.open("channels=" + topic).ready()) {
            List<String> texts = List.of("no JSON", "", "a\nb\r\nc\rd", "{\"a\": ", "é\uD83D\uDE00", "1 2");
            for (String text : texts) {
                publisher.publish(topic, "said", text);
            }
            assertThat(source.next(texts.size())).isEqualTo(texts);

            publisher.publish(topic, "two\r\nevent: lines", "{\r\n \"a\":\n [1,\r2]}");
            EventSource.Event event = source.next();
            assertThat(event.name()).isEqualTo("two event: lines");
            assertThat(new JsonObject(event.data()).getJsonObject("data").encode())
                    .isEqualTo("{\"a\":[1,2]}");
        }
    }

    @Test
    void aSignalHasNoIdOfItsOwn() {
        try (EventSource source = EventSource.open("channels=" + topic).ready()) {
            String id = source.lastId();
            publisher.say(new Signal(topic, "client-typing", "{\"who\":\"ada\"}", null, null));

            EventSource.Event event = source.next();
            assertThat(event.name()).isEqualTo("client-typing");
            assertThat(event.id()).isEqualTo(id);
        }
    }

    @Test
    void whoMayNotListenAnyMoreHearsNothingMore() {
        Api.Person ada = Api.signUp();
        Api.Person ben = Api.signUp();
        String hidden = TestTopics.newPrivate();
        String query = "channels=" + hidden + "&access_token=";
        try (EventSource first = EventSource.open(query + ada.accessToken()).ready();
                EventSource second = EventSource.open(query + ben.accessToken()).ready()) {
            publisher.publish(Revocation.of(hidden, UUID.fromString(ada.id())));

            await().until(first::hasEnded);
            publisher.count(hidden, 1, 1);
            assertThat(second.next(1)).isEqualTo(numbers(1, 1));
            assertThat(first.isEmpty()).isTrue();
        }
    }

    @Test
    void whatWasToldInABurstBeforeTheEndArrives() {
        Api.Person ada = Api.signUp();
        String hidden = TestTopics.newPrivate();
        try (EventSource source = EventSource.open("channels=" + hidden + "&access_token=" + ada.accessToken())
                .ready()) {
            publisher.count(hidden, 1, 100);
            publisher.publish(Revocation.of(hidden, UUID.fromString(ada.id())));

            await().until(source::hasEnded);
            assertThat(source.next(100)).isEqualTo(numbers(1, 100));
        }
    }

    @Test
    void whoMayListenAgainIsNotEndedByWhatIsOver() {
        Api.Person ada = Api.signUp();
        String hidden = TestTopics.newPrivate();
        String query = "channels=" + hidden + "&access_token=" + ada.accessToken();
        String id;
        try (EventSource source = EventSource.open(query).ready()) {
            id = source.lastId();
        }
        publisher.count(hidden, 1, 1);
        publisher.publish(Revocation.of(hidden, UUID.fromString(ada.id())));
        publisher.count(hidden, 2, 2);

        try (EventSource source = EventSource.open(query, "Last-Event-ID", id).ready()) {
            publisher.count(hidden, 3, 3);
            assertThat(source.next(3)).isEqualTo(numbers(1, 3));
        }
    }

    @Test
    void aStreamEndsWithItsCredential() {
        Instant end = Instant.now().plusSeconds(2);
        String token = Forger.expiringAt(Api.signUp().accessToken(), end);
        try (EventSource source = EventSource.open("channels=" + TestTopics.newPrivate() + "&access_token=" + token)
                .ready()) {
            await().until(() -> {
                door.beat();
                return source.hasEnded();
            });

            assertThat(Instant.now()).isAfterOrEqualTo(end.truncatedTo(ChronoUnit.SECONDS));
        }
    }

    @Test
    void aUserIsKnownByEachKindOfCredential() {
        Api.Person ada = Api.signUp();
        String key = ada.request()
                .body("{\"name\": \"sse\", \"scopes\": [\"chat:read\"]}")
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
        String query = "channels=" + TestTopics.newPrivate();

        for (EventSource source : List.of(
                EventSource.open(query, "Authorization", "Bearer " + ada.accessToken()),
                EventSource.open(query, "X-API-Key", key),
                EventSource.open(query + "&access_token=" + ada.accessToken()))) {
            source.ready().close();
        }
    }

    @Test
    void aCredentialThatIsNotValidIsRefused() {
        String query = "channels=" + topic;
        List<Response> answers = List.of(
                Api.undocumented().header("Authorization", "Bearer x.y.z").get(SseDoor.PATH + "?" + query),
                Api.undocumented().header("X-API-Key", "sdk_x").get(SseDoor.PATH + "?" + query),
                get(query + "&access_token=nonsense"));

        for (Response answer : answers) {
            assertProblem(answer, 401, "unauthorized").header("WWW-Authenticate", containsString("Bearer"));
        }
    }

    @Test
    void whatOneMayNotListenToIsNamed() {
        String hidden = TestTopics.newPrivate();
        for (String refused : List.of(hidden, TestTopics.newClosed(), "of-no-rule")) {
            assertProblem(get("channels=" + topic + "," + refused), 403, "forbidden")
                    .body("detail", containsString(refused));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "channels",
                "channels=",
                "channels=%20",
                "channels=a,,b",
                "channels=a%20b",
                "channels=a%0Ab",
                "channels=%C3%A9",
                "channels=a:b",
                "other=a"
            })
    void channelsThatAreNoneAreRefused(String query) {
        assertProblem(get(query), 400, "invalid-request").body("errors[0].field", equalTo("channels"));
    }

    @Test
    void tooMuchIsRefused() {
        String many = String.join(",", numbers(1, 101));
        String longName = "x".repeat(201);

        for (String channels : List.of(many, longName)) {
            assertProblem(get("channels=" + channels), 400, "invalid-request")
                    .body("errors[0].field", equalTo("channels"));
        }
    }

    @Test
    void aHundredChannelsAreNotTooMany() {
        List<String> topics = Stream.generate(TestTopics::newPublic).limit(100).toList();
        String query = "channels=" + String.join(",", topics);
        String id;
        try (EventSource source = EventSource.open(query).ready()) {
            id = source.lastId();
        }
        publisher.count(topics.get(99), 1, 1);
        try (EventSource source = EventSource.open(query, "Last-Event-ID", id).ready()) {
            assertThat(source.next(1)).isEqualTo(numbers(1, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "HEAD"})
    void otherMethodsAreRefused(String method) {
        Response answer = Api.undocumented().request(method, SseDoor.PATH + "?channels=" + topic);

        answer.then().statusCode(405).header("Allow", "GET");
    }

    @Test
    void streamsAreCountedWhileTheyAreOpen() {
        try (EventSource source = EventSource.open("channels=" + topic).ready()) {
            assertThat(source.hasEnded()).isFalse();
            assertThat(Metrics.sum("sse_connections_active")).isEqualTo(1);
        }
    }

    @Test
    void whoDoesNotReadIsCutOff() throws IOException {
        double drops = Metrics.sum("sse_drops_total");
        try (Socket stalled = new Socket()) {
            stalled.setReceiveBufferSize(4096);
            stalled.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), RestAssured.port));
            stalled.getOutputStream()
                    .write(("GET " + SseDoor.PATH + "?channels=" + topic + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> Metrics.sum("sse_connections_active") > 0);
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                publisher.say(new Signal(topic, "much", "\"" + "x".repeat(100_000) + "\"", null, null));
                return Metrics.sum("sse_drops_total") > drops;
            });
            await().until(() -> Metrics.sum("sse_connections_active") == 0);
        }
    }

    private static Response get(String query) {
        return Api.undocumented().urlEncodingEnabled(false).get(SseDoor.PATH + "?" + query);
    }

    private static ValidatableResponse assertProblem(Response answer, int status, String code) {
        return answer.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:stagedoor:problem:" + code));
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    }
}
