package dev.stagedoor.realtime.supabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.stagedoor.realtime.Publisher;
import dev.stagedoor.realtime.TestTopics;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.Metrics;
import dev.stagedoor.support.StagedoorTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class SupabaseDoorTest {

    private static final JsonObject NOTHING = new JsonObject();

    @Inject
    Publisher publisher;

    private final String name = Api.uniqueName();
    private final String topic = "realtime:" + name;

    @AfterEach
    void everyConnectionEnds() {
        await().until(() -> Metrics.sum("websocket_connections_active") == 0);
    }

    @Test
    void aHeartbeatIsAnswered() {
        try (PhoenixSocket socket = PhoenixSocket.open()) {
            socket.push(null, "7", "phoenix", "heartbeat", NOTHING);

            assertThat(socket.nextText())
                    .isEqualTo("[null,\"7\",\"phoenix\",\"phx_reply\",{\"status\":\"ok\",\"response\":{}}]");
        }
    }

    @Test
    void theFirstVersionSpeaksInObjects() {
        for (String query : List.of("vsn=1.0.0", "apikey=x")) {
            try (PhoenixSocket socket = PhoenixSocket.open(query)) {
                socket.send("{\"topic\":\"phoenix\",\"event\":\"heartbeat\",\"payload\":{},\"ref\":\"7\"}");

                assertThat(new JsonObject(socket.nextText())).isEqualTo(new JsonObject("""
                                {"topic": "phoenix", "event": "phx_reply", "ref": "7", "join_ref": null,
                                 "payload": {"status": "ok", "response": {}}}
                                """));
                socket.send(new byte[] {3, 0, 0, 0, 0, 0, 1});
                assertThat(new JsonObject(socket.nextText())
                                .getJsonObject("payload")
                                .getString("status"))
                        .isEqualTo("error");
            }
        }
    }

    @Test
    void anotherVersionIsRefused() {
        Api.undocumented()
                .header("Upgrade", "websocket")
                .header("Connection", "Upgrade")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                .get(SupabaseDoor.PATH + "?vsn=3.0.0")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("vsn"));
        Api.undocumented().get(SupabaseDoor.PATH).then().statusCode(404);
    }

    @Test
    void aBroadcastReachesTheOthers() {
        try (PhoenixSocket ada = PhoenixSocket.open();
                PhoenixSocket ben = PhoenixSocket.open()) {
            ada.joined(topic, NOTHING);
            ben.joined(topic, NOTHING);

            ada.push("1", "2", topic, "broadcast", broadcast("cursor", new JsonObject().put("x", 1.5)));

            JsonArray heard = ben.next();
            assertThat(heard.getString(2)).isEqualTo(topic);
            assertThat(heard.getString(3)).isEqualTo("broadcast");
            assertThat(heard.getJsonObject(4).encode())
                    .isEqualTo("{\"type\":\"broadcast\",\"event\":\"cursor\",\"payload\":{\"x\":1.5}}");
            ada.assertSilent();
            ben.assertSilent();
        }
    }

    @Test
    void aBinaryBroadcastIsHeardAndAnswered() {
        JsonObject config = new JsonObject()
                .put("broadcast", new JsonObject().put("self", true).put("ack", true));
        try (PhoenixSocket ada = PhoenixSocket.open()) {
            ada.joined(topic, config);

            ada.send(binary("2", 1, "{\"é\":1}"));

            List<JsonArray> frames = List.of(ada.next(), ada.next());
            assertThat(frames)
                    .anySatisfy(frame -> assertThat(frame.encode())
                            .isEqualTo("[\"1\",\"2\",\"" + topic
                                    + "\",\"phx_reply\",{\"status\":\"ok\",\"response\":{}}]"))
                    .anySatisfy(frame -> assertThat(frame.getJsonObject(4).encode())
                            .isEqualTo("{\"type\":\"broadcast\",\"event\":\"wave\",\"payload\":{\"é\":1}}"));
            ada.send(binary("3", 0, "bytes"));
            assertThat(ada.refusal()).contains("JSON");
            ada.send(binary("4", 1, "no json"));
            assertThat(ada.refusal()).contains("JSON");
        }
    }

    private byte[] binary(String ref, int encoding, String payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(new byte[] {3, 1, (byte) ref.length(), (byte) topic.length(), 4, 0, (byte) encoding});
        frame.writeBytes(("1" + ref + topic + "wave" + payload).getBytes(StandardCharsets.UTF_8));
        return frame.toByteArray();
    }

    @Test
    void nobodyHearsAPrivateChannelByJoiningAPublicOneOfItsName() {
        Api.Person ada = Api.signUp();
        String hidden = TestTopics.newPrivate();
        JsonObject config = new JsonObject().put("private", true);
        try (PhoenixSocket member = PhoenixSocket.open();
                PhoenixSocket other = PhoenixSocket.open("vsn=2.0.0&apikey=" + ada.accessToken());
                PhoenixSocket stranger = PhoenixSocket.open()) {
            member.push("1", "1", "realtime:" + hidden, "phx_join", withToken(config, ada.accessToken()));
            member.assertOk();
            other.joined("realtime:" + hidden, config);
            stranger.joined("realtime:" + hidden, NOTHING);

            member.push("1", "2", "realtime:" + hidden, "broadcast", broadcast("secret", NOTHING));

            assertThat(other.next("broadcast").getString("event")).isEqualTo("secret");
            stranger.assertSilent();
            stranger.push("1", "2", "realtime:" + hidden, "broadcast", broadcast("forged", NOTHING));
            stranger.assertSilent();
            member.assertSilent();
        }
    }

    @Test
    void aPrivateChannelIsForWhoMayListen() {
        Api.Person ada = Api.signUp();
        JsonObject config = new JsonObject().put("private", true);
        try (PhoenixSocket socket = PhoenixSocket.open()) {
            socket.join("realtime:" + TestTopics.newPrivate(), config);
            assertThat(socket.refusal()).contains("access token");
            socket.push(
                    "1", "1", "realtime:" + TestTopics.newClosed(), "phx_join", withToken(config, ada.accessToken()));
            assertThat(socket.refusal()).contains("may not");
            socket.push("1", "1", "realtime:" + TestTopics.newPrivate(), "phx_join", withToken(config, "a.b.c"));
            assertThat(socket.refusal()).contains("not valid");
            socket.push("1", "1", topic, "phx_join", withToken(NOTHING, "nonsense"));
            assertThat(socket.refusal()).contains("not valid");
        }
    }

    @Test
    void aTokenThatDoesNotHoldEndsTheChannel() {
        Api.Person ada = Api.signUp();
        String hidden = "realtime:" + TestTopics.newPrivate();
        try (PhoenixSocket socket = PhoenixSocket.open()) {
            socket.push(
                    "1", "1", hidden, "phx_join", withToken(new JsonObject().put("private", true), ada.accessToken()));
            socket.assertOk();

            socket.push("1", "2", hidden, "access_token", new JsonObject().put("access_token", ada.accessToken()));
            socket.assertOk();
            socket.push("1", "3", hidden, "access_token", new JsonObject().put("access_token", "a.b.c"));
            assertThat(socket.next("system").getString("status")).isEqualTo("error");
            assertThat(socket.next("phx_close")).isEmpty();
            socket.push("1", "4", hidden, "broadcast", broadcast("late", NOTHING));
            assertThat(socket.refusal()).isEqualTo("unmatched topic");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "{}",
                "[]",
                "null",
                "7",
                "[1,2,3,4]",
                "[null,null,null,null,null]",
                "[null,\"1\",\"a\",\"b\",7]",
                "[{},{},\"a\",\"b\",{}]",
                "[null,\"1\",\"phoenix\",\"phx_join\",{}]",
                "[null,\"1\",\"realtime:\",\"phx_join\",{}]",
                "[null,\"1\",\"realtime:a\\u0000\",\"phx_join\",{}]",
                "[null,\"1\",\"realtime:a\",\"phx_join\",{\"config\":7}]",
                "[null,\"1\",\"realtime:a\",\"phx_join\",{\"config\":{\"broadcast\":[]}}]",
                "[null,\"1\",\"realtime:a\",\"phx_join\",{\"config\":{\"private\":\"yes\"}}]",
                "[null,\"1\",\"realtime:a\",\"phx_join\",{\"config\":{\"postgres_changes\":{}}}]",
                "[null,\"1\",\"realtime:never\",\"broadcast\",{\"event\":\"e\"}]",
                "[null,\"1\",\"a\",\"unknown\",{}]",
                "[null,\"1\",\"a\",\"heartbeat\",{}]",
                "[null,\"1\",\"a\",\"access_token\",{}]",
                "[null,\"1\",\"a\",\"presence\",{}]"
            })
    void whatIsNotUnderstoodIsAnsweredWithAnError(String frame) {
        try (PhoenixSocket socket = PhoenixSocket.open()) {
            socket.send(frame);
            assertThat(socket.refusal()).isNotBlank();
            socket.assertSilent();
        }
    }

    @Test
    void binaryFramesThatAreNoneAreAnsweredWithAnError() {
        try (PhoenixSocket socket = PhoenixSocket.open()) {
            for (byte[] frame : List.of(
                    new byte[0],
                    new byte[] {3},
                    new byte[] {4, 0, 0, 0, 0, 0, 1},
                    new byte[] {3, -1, -1, -1, -1, -1, 1},
                    new byte[] {3, 0, 0, 0, 0, 0, 1})) {
                socket.send(frame);
                assertThat(socket.refusal()).isNotBlank();
            }
        }
    }

    @Test
    void whoLeavesHearsNothingMore() {
        try (PhoenixSocket ada = PhoenixSocket.open();
                PhoenixSocket ben = PhoenixSocket.open()) {
            ada.joined(topic, NOTHING);
            ben.joined(topic, NOTHING);

            ben.push("1", "2", topic, "phx_leave", NOTHING);
            ben.assertOk();
            assertThat(ben.next("phx_close")).isEmpty();
            ada.push("1", "2", topic, "broadcast", broadcast("gone", NOTHING));
            ada.assertSilent();
            ben.assertSilent();
        }
    }

    @Test
    void aSecondJoinTakesThePlaceOfTheFirst() {
        JsonObject config = new JsonObject().put("broadcast", new JsonObject().put("self", true));
        try (PhoenixSocket socket = PhoenixSocket.open()) {
            socket.joined(topic, config);
            socket.push("2", "2", topic, "phx_join", new JsonObject().put("config", config));
            assertThat(socket.next().getString(0)).isEqualTo("1");
            socket.assertOk();

            // Of the join before, as it may still be under way.
            socket.push("1", "3", topic, "phx_leave", NOTHING);
            socket.assertOk();
            socket.push("2", "4", topic, "broadcast", broadcast("once", NOTHING));
            assertThat(socket.next("broadcast").getString("event")).isEqualTo("once");
            socket.assertSilent();
        }
    }

    @Test
    void presenceIsSaidToBeEmpty() {
        try (PhoenixSocket socket = PhoenixSocket.open()) {
            socket.joined(topic, new JsonObject().put("presence", new JsonObject().put("enabled", true)));
            assertThat(socket.next("presence_state")).isEmpty();
            socket.push("1", "2", topic, "presence", new JsonObject().put("event", "track"));
            assertThat(socket.refusal()).contains("presence");
        }
    }

    @Test
    void tooManyOrTooLongNamesAreRefused() {
        try (PhoenixSocket socket = PhoenixSocket.open()) {
            socket.join("realtime:" + "x".repeat(201), NOTHING);
            assertThat(socket.refusal()).contains("200");
            for (int i = 0; i < 50; i++) {
                socket.joined(topic + i, NOTHING);
            }
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            for (int i = 50; i < 100; i++) {
                socket.joined(topic + i, NOTHING);
            }
            socket.join(topic, NOTHING);
            assertThat(socket.refusal()).contains("100");
        }
    }

    @Test
    void whoSaysTooMuchIsClosed() {
        try (PhoenixSocket socket = PhoenixSocket.open()) {
            for (int i = 0; i < 150 && !socket.closed().isDone(); i++) {
                socket.send("x");
            }
            assertThat(socket.closed()).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(4100);
        }
        try (PhoenixSocket socket = PhoenixSocket.open()) {
            socket.send("[null,null,\"a\",\"b\",\"" + "x".repeat(64 << 10) + "\"]");
            assertThat(socket.closed()).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(1009);
        }
    }

    @Test
    void connectionsAreCountedWhileTheyAreOpen() {
        try (PhoenixSocket socket = PhoenixSocket.open()) {
            socket.joined(topic, NOTHING);
            assertThat(Metrics.sum("websocket_connections_active")).isEqualTo(1);
        }
    }

    private static JsonObject broadcast(String event, JsonObject payload) {
        return new JsonObject().put("type", "broadcast").put("event", event).put("payload", payload);
    }

    private static JsonObject withToken(JsonObject config, String token) {
        return new JsonObject().put("config", config).put("access_token", token);
    }
}
