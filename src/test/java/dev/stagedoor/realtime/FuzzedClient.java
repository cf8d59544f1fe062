package dev.stagedoor.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.realtime.RawWebSocket.Frame;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;

/** A Pusher client in channels of every kind that goes mad. */
final class FuzzedClient implements AutoCloseable {

    /** The server closed without a word. */
    static final int SILENT = 1006;

    /** What a server may say to it, whatever it sent. */
    private static final Set<String> ANSWERS = Set.of(
            "pusher:error",
            "pusher:pong",
            "pusher:subscription_error",
            "pusher_internal:subscription_succeeded",
            "pusher:cache_miss",
            "pusher:signin_success",
            "pusher_internal:member_added",
            "pusher_internal:member_removed",
            "pusher_internal:subscription_count",
            "pusher_internal:watchlist_events",
            "client-x");

    private static final String PONG = "pusher:pong";
    private static final String PING =
            new JsonObject().put("event", "pusher:ping").encode();

    /** Frames that are sent before it looks whether it is still served. */
    static final int AT_ONCE = 50;

    private final RawWebSocket socket = RawWebSocket.open(FirstApp.PATH);
    private final Random random;
    private final MalformedFrames frames;
    private final String socketId;

    FuzzedClient(Random random) throws IOException {
        this.random = random;
        this.frames = new MalformedFrames(random);
        JsonObject established = new JsonObject(socket.read().text());
        this.socketId = new JsonObject(established.getString("data")).getString("socket_id");
    }

    /** Joins as a good client does. */
    void join() throws IOException {
        subscribe("fuzz", null);
        subscribe("private-fuzz", null);
        subscribe("presence-fuzz", "{\"user_id\":\"" + random.nextInt(10) + "\"}");
        assertThat(awaitPong()).isZero();
    }

    private void subscribe(String channel, String channelData) throws IOException {
        String signed = socketId + ":" + channel + (channelData == null ? "" : ":" + channelData);
        say(
                "pusher:subscribe",
                new JsonObject()
                        .put("channel", channel)
                        .put("auth", FirstApp.authorization(signed))
                        .put("channel_data", channelData));
    }

    private void signIn(String userData) throws IOException {
        String auth = FirstApp.authorization(socketId + "::user::" + userData);
        say("pusher:signin", new JsonObject().put("auth", auth).put("user_data", userData));
    }

    private void say(String event, JsonObject data) throws IOException {
        byte[] text =
                new JsonObject().put("event", event).put("data", data).encode().getBytes(StandardCharsets.UTF_8);
        socket.send(RawWebSocket.frame(RawWebSocket.FINAL | RawWebSocket.TEXT, text));
    }

    /**
     * Sends some frames, and looks whether it is still served after them.
     *
     * @return 0, or the code that it was closed with
     */
    int sendMalformed() throws IOException {
        try {
            for (int i = 0; i < AT_ONCE; i++) {
                sendOne();
            }
            return awaitPong();
        } catch (SocketException e) {
            return SILENT;
        }
    }

    private void sendOne() throws IOException {
        switch (random.nextInt(8)) {
            case 0 -> subscribe("presence-" + random.nextInt(20), frames.signedData());
            case 1 -> signIn(frames.signedData());
            default -> socket.send(frames.refused());
        }
    }

    /** Sends what ends a connection. Returns the code that the server closes with. */
    int end() throws IOException {
        try {
            socket.send(frames.fatal());
            socket.flush();
            return awaitClose();
        } catch (SocketException e) {
            return SILENT;
        }
    }

    private int awaitPong() throws IOException {
        socket.sendText(PING);
        for (Frame frame = socket.read(); frame != null; frame = socket.read()) {
            if (frame.opcode() == RawWebSocket.CLOSE) {
                return frame.closeCode();
            }
            if (frame.opcode() == RawWebSocket.TEXT && eventOf(frame).equals(PONG)) {
                return 0;
            }
        }
        return SILENT;
    }

    private static String eventOf(Frame frame) {
        String event = new JsonObject(frame.text()).getString("event");
        assertThat(ANSWERS).contains(event);
        return event;
    }

    private int awaitClose() throws IOException {
        for (Frame frame = socket.read(); frame != null; frame = socket.read()) {
            if (frame.opcode() == RawWebSocket.CLOSE) {
                return frame.closeCode();
            }
        }
        return SILENT;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
