package dev.stagedoor.realtime.pusher.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.realtime.FirstApp;
import dev.stagedoor.realtime.RawWebSocket;
import dev.stagedoor.realtime.RawWebSocket.Frame;
import dev.stagedoor.support.StagedoorTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The codes that the protocol's documents name, each where it belongs: clients act on them. */
@StagedoorTest
class PusherCodesTest {

    private static final int UNCODED = 0;
    private static final int MORE_THAN_ALLOWED = 2_100;

    @ParameterizedTest
    @CsvSource({
        "/app/unknown?protocol=7,               4001",
        "/app/disabled-key?protocol=7,          4003",
        "/app/?protocol=7,                      4005",
        "/app/stagedoor-key/x?protocol=7,       4005",
        "/app/stagedoor-key?protocol=seven,     4006",
        "/app/stagedoor-key?protocol=-7,        4006",
        "/app/stagedoor-key?protocol=7.0,       4006",
        "/app/stagedoor-key?protocol=99999999999, 4006",
        "/app/stagedoor-key?protocol=4,         4007",
        "/app/stagedoor-key?protocol=8,         4007",
        "/app/stagedoor-key,                    4008",
        "/app/stagedoor-key?protocol=,          4008",
    })
    void whoCannotBeServedIsToldWhyAndClosed(String path, int code) throws IOException {
        try (RawWebSocket socket = RawWebSocket.open(path)) {
            assertThat(codeOf(message(socket))).isEqualTo(code);
            assertThat(socket.read().closeCode()).isEqualTo(code);
        }
    }

    @ParameterizedTest
    @CsvSource({"5", "6", "7"})
    void theseProtocolsAreServed(int protocol) throws IOException {
        try (RawWebSocket socket = RawWebSocket.open("/app/stagedoor-key?protocol=" + protocol)) {
            assertThat(message(socket).getString("event")).isEqualTo("pusher:connection_established");
        }
    }

    @Test
    void aConnectionOverTheQuotaOfItsAppIsClosedAndTheOthersStay() throws IOException {
        try (RawWebSocket first = RawWebSocket.open("/app/crowded-key?protocol=7")) {
            assertThat(message(first).getString("event")).isEqualTo("pusher:connection_established");
            try (RawWebSocket second = RawWebSocket.open("/app/crowded-key?protocol=7")) {
                assertThat(codeOf(message(second))).isEqualTo(4004);
                assertThat(second.read().closeCode()).isEqualTo(4004);
            }
            assertThat(answer(first, "{\"event\":\"pusher:ping\"}").getString("event"))
                    .isEqualTo("pusher:pong");
        }
    }

    @Test
    void aSignInThatIsNotSignedIsClosed() throws IOException {
        try (RawWebSocket socket = established()) {
            JsonObject data = new JsonObject().put("auth", "stagedoor-key:0").put("user_data", "{\"id\":\"1\"}");

            assertThat(codeOf(answer(socket, message("pusher:signin", data)))).isEqualTo(4009);
            assertThat(socket.read().closeCode()).isEqualTo(4009);
        }
    }

    @Test
    void whoSaysTooMuchIsClosedToComeBackLater() throws IOException {
        try (RawWebSocket socket = established()) {
            byte[] text = "{\"event\":\"pusher:pong\"}".getBytes(StandardCharsets.US_ASCII);
            byte[] pong = RawWebSocket.frame(RawWebSocket.FINAL | RawWebSocket.TEXT, text);
            for (int i = 0; i < MORE_THAN_ALLOWED; i++) {
                socket.send(pong);
            }
            socket.flush();

            assertThat(codeOf(message(socket))).isEqualTo(4100);
            assertThat(socket.read().closeCode()).isEqualTo(4100);
        }
    }

    @Test
    void tooManyClientEventsAreDroppedAndTheConnectionStays() throws IOException {
        try (RawWebSocket socket = RawWebSocket.open(FirstApp.PATH)) {
            String socketId = new JsonObject(message(socket).getString("data")).getString("socket_id");
            JsonObject subscription = new JsonObject()
                    .put("channel", "private-codes")
                    .put("auth", FirstApp.authorization(socketId + ":private-codes"));
            assertThat(answer(socket, message("pusher:subscribe", subscription)).getString("event"))
                    .isEqualTo("pusher_internal:subscription_succeeded");

            String event = "{\"event\":\"client-x\",\"channel\":\"private-codes\",\"data\":{}}";
            for (int i = 0; i < 10; i++) {
                socket.sendText(event);
            }

            assertThat(codeOf(answer(socket, event))).isEqualTo(4301);
            assertThat(answer(socket, "{\"event\":\"pusher:ping\"}").getString("event"))
                    .isEqualTo("pusher:pong");
        }
    }

    @Test
    void aWatchlistOfMoreThanAHundredIsRefusedAndTheUserIsSignedIn() throws IOException {
        try (RawWebSocket socket = RawWebSocket.open(FirstApp.PATH)) {
            String socketId = new JsonObject(message(socket).getString("data")).getString("socket_id");
            JsonArray watchlist = new JsonArray();
            for (int i = 0; i <= 100; i++) {
                watchlist.add("watched-" + i);
            }
            String user = new JsonObject()
                    .put("id", "codes")
                    .put("watchlist", watchlist)
                    .encode();
            JsonObject data = new JsonObject()
                    .put("auth", FirstApp.authorization(socketId + "::user::" + user))
                    .put("user_data", user);

            assertThat(codeOf(answer(socket, message("pusher:signin", data)))).isEqualTo(4302);
            assertThat(message(socket).getString("event")).isEqualTo("pusher:signin_success");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hello",
                "[]",
                "{}",
                "{\"event\":7}",
                "{\"event\":\"pusher:subscribe\"}",
                "{\"event\":\"pusher:subscribe\",\"data\":[]}",
                "{\"event\":\"pusher:subscribe\",\"data\":\"no object\"}",
                "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":7}}",
                "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"a b\"}}",
                "{\"event\":\"pusher:signin\",\"data\":{\"user_data\":\"{}\"}}",
                "{\"event\":\"message.created\",\"channel\":\"a\",\"data\":{}}",
                "{\"event\":\"client-x\",\"channel\":\"private-not-joined\",\"data\":{}}",
            })
    void whatIsNotUnderstoodIsAnErrorAndTheConnectionStays(String text) throws IOException {
        try (RawWebSocket socket = established()) {
            assertThat(codeOf(answer(socket, text))).isEqualTo(UNCODED);
            assertThat(answer(socket, "{\"event\":\"pusher:ping\"}").getString("event"))
                    .isEqualTo("pusher:pong");
        }
    }

    @ParameterizedTest
    @CsvSource({"private-a", "presence-a", "private-cache-a", "private-encrypted-a", "'#server-to-user-1'"})
    void aSubscriptionThatIsNotSignedIsRefusedAndTheConnectionStays(String channel) throws IOException {
        try (RawWebSocket socket = established()) {
            JsonObject data = new JsonObject().put("channel", channel).put("auth", "stagedoor-key:0");

            JsonObject refusal = answer(socket, message("pusher:subscribe", data));

            assertThat(refusal.getString("event")).isEqualTo("pusher:subscription_error");
            assertThat(refusal.getString("channel")).isEqualTo(channel);
            assertThat(new JsonObject(refusal.getString("data")).getInteger("status"))
                    .isEqualTo(401);
            assertThat(codeOf(message(socket))).isEqualTo(4009);
            assertThat(answer(socket, "{\"event\":\"pusher:ping\"}").getString("event"))
                    .isEqualTo("pusher:pong");
        }
    }

    private static RawWebSocket established() throws IOException {
        RawWebSocket socket = RawWebSocket.open(FirstApp.PATH);
        assertThat(message(socket).getString("event")).isEqualTo("pusher:connection_established");
        return socket;
    }

    private static String message(String event, JsonObject data) {
        return new JsonObject().put("event", event).put("data", data).encode();
    }

    private static JsonObject answer(RawWebSocket socket, String text) throws IOException {
        socket.sendText(text);
        return message(socket);
    }

    private static JsonObject message(RawWebSocket socket) throws IOException {
        Frame frame = socket.read();
        assertThat(frame.opcode()).isEqualTo(RawWebSocket.TEXT);
        return new JsonObject(frame.text());
    }

    /** Of an error; 0 where it has none. */
    private static int codeOf(JsonObject message) {
        assertThat(message.getString("event")).isEqualTo("pusher:error");
        Integer code = message.getJsonObject("data").getInteger("code");
        return code == null ? UNCODED : code;
    }
}
