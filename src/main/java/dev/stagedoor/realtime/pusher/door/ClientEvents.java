package dev.stagedoor.realtime.pusher.door;

import dev.stagedoor.realtime.Signal;
import dev.stagedoor.realtime.pusher.PusherApp;
import dev.stagedoor.realtime.pusher.PusherFrames;
import dev.stagedoor.realtime.socket.RateLimit;
import dev.stagedoor.realtime.socket.Socket;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** What a client says to the others in a channel. */
final class ClientEvents {

    private static final String PREFIX = "client-";
    private static final int PER_SECOND = 10;
    private static final int TOO_MANY = 4301;
    private static final int MAX_NAME = 200;
    private static final int MAX_BYTES = 10 << 10;

    private final PusherApp app;
    private final PusherDoor door;
    private final Socket socket;
    private final String socketId;
    private final PusherChannels channels;
    private final RateLimit rate = new RateLimit(PER_SECOND, PER_SECOND, System.nanoTime());

    ClientEvents(PusherApp app, PusherDoor door, Socket socket, String socketId, PusherChannels channels) {
        this.app = app;
        this.door = door;
        this.socket = socket;
        this.socketId = socketId;
        this.channels = channels;
    }

    void send(String event, JsonObject message) {
        if (!event.startsWith(PREFIX) || event.length() > MAX_NAME) {
            throw new InvalidMessage("Clients send events whose names begin with client-, of at most 200 characters");
        }
        if (!app.settings().clientEvents()) {
            throw new InvalidMessage("Client events are switched off for this app");
        }
        ChannelSubscription channel = channels.requireJoined(InvalidMessage.required(message, "channel"));
        if (!channel.kind().takesClientEvents()) {
            throw new InvalidMessage("Client events go over private and presence channels that are not encrypted");
        }
        String json = Json.encode(message.getValue("data"));
        if (json.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new InvalidMessage("The data of a client event has at most 10 KiB");
        }
        long now = System.nanoTime();
        if (!rate.allows(now)) {
            socket.send(PusherFrames.error(TOO_MANY, "A client sends at most 10 events a second"));
            return;
        }
        pass(event, channel, json, now);
    }

    private void pass(String event, ChannelSubscription channel, String json, long now) {
        String topic = app.topic(channel.channel());
        String userId = channels.userIn(channel);
        if (event.equals(TypingGate.TYPING) && !door.typing().tells(topic, userId, socketId, now)) {
            return;
        }
        door.relay().send(new Signal(topic, event, json, userId, socketId));
        String shownUser = channel.member() == null ? null : userId;
        door.webhooks().clientEvent(app, channel.channel(), event, json, socketId, shownUser);
    }
}
