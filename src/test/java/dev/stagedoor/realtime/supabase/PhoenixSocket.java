package dev.stagedoor.realtime.supabase;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of Phoenix channels that says what it is told to, frame by frame, in the second version. */
final class PhoenixSocket implements WebSocket.Listener, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    static PhoenixSocket open() {
        return open("vsn=2.0.0&apikey=anon");
    }

    static PhoenixSocket open(String query) {
        PhoenixSocket client = new PhoenixSocket();
        CompletableFuture<WebSocket> opened = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://localhost:" + RestAssured.port + SupabaseDoor.PATH + "?" + query), client);
        assertThat(opened).succeedsWithin(PATIENCE);
        client.socket = opened.getNow(null);
        return client;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            frames.add(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    void send(String text) {
        assertThat(socket.sendText(text, true)).succeedsWithin(PATIENCE);
    }

    void send(byte[] bytes) {
        assertThat(socket.sendBinary(ByteBuffer.wrap(bytes), true)).succeedsWithin(PATIENCE);
    }

    /** The reference of both is the same where it is a join. */
    void push(String joinRef, String ref, String topic, String event, JsonObject payload) {
        send(new JsonArray()
                .add(joinRef)
                .add(ref)
                .add(topic)
                .add(event)
                .add(payload)
                .encode());
    }

    void join(String topic, JsonObject config) {
        push("1", "1", topic, "phx_join", new JsonObject().put("config", config));
    }

    void joined(String topic, JsonObject config) {
        join(topic, config);
        assertOk();
    }

    String nextText() {
        try {
            String frame = frames.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(frame).as("a frame").isNotNull();
            return frame;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    JsonArray next() {
        return new JsonArray(nextText());
    }

    /** The payload of the next frame, which must be this event. */
    JsonObject next(String event) {
        JsonArray frame = next();
        assertThat(frame.getString(3)).as(frame.encode()).isEqualTo(event);
        return frame.getJsonObject(4);
    }

    void assertOk() {
        assertThat(response()).isNotNull();
    }

    /** What the next frame answers, which must be that all is well. */
    JsonObject response() {
        JsonArray frame = next();
        assertThat(frame.getString(3)).as(frame.encode()).isEqualTo("phx_reply");
        assertThat(frame.getJsonObject(4).getString("status"))
                .as(frame.encode())
                .isEqualTo("ok");
        return frame.getJsonObject(4).getJsonObject("response");
    }

    String refusal() {
        JsonArray frame = next();
        assertThat(frame.getString(3)).as(frame.encode()).isEqualTo("phx_reply");
        assertThat(frame.getJsonObject(4).getString("status"))
                .as(frame.encode())
                .isEqualTo("error");
        return frame.getJsonObject(4).getJsonObject("response").getString("reason");
    }

    /** Nothing has come: what was sent before the answer to this would be here. */
    void assertSilent() {
        push(null, "silence", "phoenix", "heartbeat", new JsonObject());
        assertThat(next().getString(1)).isEqualTo("silence");
    }

    CompletableFuture<Integer> closed() {
        return closed;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
