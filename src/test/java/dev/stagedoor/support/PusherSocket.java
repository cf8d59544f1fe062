package dev.stagedoor.support;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;

/**
 * A client of the Pusher door that says what it is told to, keeps all that it hears, and does not come again by itself. It
 * has the secret of the first app, and signs for itself whatever needs it.
 */
public final class PusherSocket implements WebSocket.Listener, AutoCloseable {

    public static final String ESTABLISHED = "pusher:connection_established";
    public static final String SUBSCRIBED = "pusher_internal:subscription_succeeded";
    public static final String ADDED = "pusher_internal:member_added";
    public static final String REMOVED = "pusher_internal:member_removed";

    /** The code of who says goodbye. */
    public static final int NORMAL = 1000;

    /** The code where nobody said one. */
    public static final int ABNORMAL = 1006;

    /** The first app of the test run. */
    public static final String APP_ID = "stagedoor";

    public static final String KEY = "stagedoor-key";
    public static final String SECRET = "a-secret-of-the-first-app";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Consumer<Event> listener;
    private final List<Event> received = new ArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<String> socketId = new CompletableFuture<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private volatile WebSocket socket;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

    private PusherSocket(Consumer<Event> listener) {
        this.listener = listener;
    }

    /** What a frame says; {@code channel} is null where it is about none. */
    public record Event(String name, String channel, JsonObject frame) {

        private static Event of(String text) {
            JsonObject frame = new JsonObject(text);
            return new Event(frame.getString("event"), frame.getString("channel"), frame);
        }

        /** The JSON object within the text that is the data. */
        public JsonObject data() {
            return new JsonObject(frame.getString("data"));
        }

        public boolean is(String wantedName, String wantedChannel) {
            return wantedName.equals(name) && wantedChannel.equals(channel);
        }
    }

    /** Connected to the service at an address as {@code http://127.0.0.1:8080}. */
    public static PusherSocket open(String url) {
        return connect(url, event -> {}).join();
    }

    /**
     * Connects, once the service has given it an id.
     *
     * @param listener is told of everything in order, on threads of the client
     */
    public static CompletableFuture<PusherSocket> connect(String url, Consumer<Event> listener) {
        PusherSocket client = new PusherSocket(listener);
        URI address =
                URI.create(url.replaceFirst("^http", "ws") + "/app/" + KEY + "?protocol=7&client=test&version=1.0");
        return CLIENT.newWebSocketBuilder()
                .buildAsync(address, client)
                .thenCompose(opened -> client.socketId)
                .thenApply(id -> client);
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        opened.request(1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
        partial.append(data);
        if (isLast) {
            hear(Event.of(partial.toString()));
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void hear(Event event) {
        synchronized (received) {
            received.add(event);
        }
        listener.accept(event);
        if (event.name().equals(ESTABLISHED)) {
            socketId.complete(event.data().getString("socket_id"));
        } else if (event.name().equals("pusher:ping")) {
            send("pusher:pong", new JsonObject());
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        ended(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        ended(ABNORMAL);
    }

    private void ended(int code) {
        closed.complete(code);
        socketId.completeExceptionally(new IllegalStateException("closed with " + code));
    }

    public String socketId() {
        return socketId.join();
    }

    /** Completes with the code when the connection has ended. */
    public CompletableFuture<Integer> closed() {
        return closed;
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    /** Subscribes to a channel of any kind but presence. */
    public void subscribe(String channel) {
        send("pusher:subscribe", subscription(channel));
    }

    /** Subscribes and asks for what came after a position. */
    public void subscribe(String channel, long epoch, long offset) {
        JsonObject recover = new JsonObject().put("epoch", epoch).put("offset", offset);
        send("pusher:subscribe", subscription(channel).put("recover", recover));
    }

    private JsonObject subscription(String channel) {
        return new JsonObject().put("channel", channel).put("auth", KEY + ":" + sign(socketId() + ":" + channel));
    }

    /** Is present as this user. */
    public void join(String channel, String userId) {
        String data = new JsonObject()
                .put("user_id", userId)
                .put("user_info", new JsonObject().put("name", userId))
                .encode();
        send(
                "pusher:subscribe",
                new JsonObject()
                        .put("channel", channel)
                        .put("auth", KEY + ":" + sign(socketId() + ":" + channel + ":" + data))
                        .put("channel_data", data));
    }

    public void unsubscribe(String channel) {
        send("pusher:unsubscribe", new JsonObject().put("channel", channel));
    }

    public void send(String event, JsonObject data) {
        send(new JsonObject().put("event", event).put("data", data).encode());
    }

    /** One after the other; what the connection does not take any more is lost with it. */
    public synchronized void send(String text) {
        sent = sent.handle((done, failure) -> null)
                .thenCompose(done -> socket.sendText(text, true))
                .exceptionally(gone -> null);
    }

    /** The hexadecimal HMAC-SHA-256 of a text under the app's secret. */
    public static String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All that it has heard, in order. */
    public List<Event> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** All that it has heard under this name in a channel. */
    public List<Event> received(String name, String channel) {
        return received().stream().filter(event -> event.is(name, channel)).toList();
    }

    /** The first that is heard under this name in a channel, now or in time. */
    public Event await(String name, String channel) {
        return await(event -> event.is(name, channel));
    }

    public Event await(Predicate<Event> wanted) {
        return Awaitility.await()
                .until(() -> received().stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /** Waits until the service says that it is subscribed. */
    public PusherSocket awaitSubscribed(String channel) {
        Event unused = await(SUBSCRIBED, channel);
        return this;
    }

    /** Is gone without a word, as a phone in a tunnel. */
    public void abort() {
        socket.abort();
        ended(ABNORMAL);
    }

    /** Says goodbye. */
    @Override
    public void close() {
        if (isOpen()) {
            CompletableFuture<?> unused = socket.sendClose(NORMAL, "").whenComplete((done, failure) -> socket.abort());
            ended(NORMAL);
        }
    }
}
