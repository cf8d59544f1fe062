package dev.stagedoor.realtime.pusher.door;

import dev.stagedoor.realtime.Signal;
import dev.stagedoor.realtime.pusher.Authorization;
import dev.stagedoor.realtime.pusher.PusherApp;
import dev.stagedoor.realtime.pusher.PusherFrames;
import dev.stagedoor.realtime.socket.RateLimit;
import dev.stagedoor.realtime.socket.Socket;
import dev.stagedoor.realtime.socket.SocketHandler;
import dev.stagedoor.realtime.socket.Sockets;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.jboss.logging.Logger;

/** One client of the Pusher door: says what each of its messages means, and answers what is wrong with it. */
final class PusherClient implements SocketHandler {

    private static final Logger LOG = Logger.getLogger(PusherClient.class);

    /** After a reconnect a client subscribes to all its channels at once. */
    private static final int MESSAGES_AT_ONCE = 2_000;

    private static final int MESSAGES_PER_SECOND = 100;

    private final PusherDoor door;
    private final Socket socket;
    private final Runnable released;
    private final PusherChannels channels;
    private final PusherUser user;
    private final ClientEvents clientEvents;
    private final String socketId;
    private final RateLimit messages = new RateLimit(MESSAGES_AT_ONCE, MESSAGES_PER_SECOND, System.nanoTime());

    /** @param released is told that it has gone */
    PusherClient(PusherApp app, PusherDoor door, Socket socket, String socketId, Runnable released) {
        this.door = door;
        this.socket = socket;
        this.socketId = socketId;
        this.released = released;
        this.user = new PusherUser(app, door, socket, socketId);
        this.channels = new PusherChannels(app, door, socket, socketId, user);
        this.clientEvents = new ClientEvents(app, door, socket, socketId, channels);
    }

    void establish() {
        door.hub().openMailbox(Authorization.address(socketId), this::authorized);
        socket.send(PusherFrames.established(socketId, Sockets.ACTIVITY_TIMEOUT.toSeconds()));
    }

    private void authorized(Signal signal) {
        socket.context().runOnContext(ignored -> channels.authorized(Authorization.of(signal)));
    }

    @Override
    public void received(String text) {
        if (!messages.allows(System.nanoTime())) {
            socket.send(PusherFrames.error(Socket.OVER_CAPACITY, "Too many messages"));
            socket.close(Socket.OVER_CAPACITY, "Too many messages");
            return;
        }
        try {
            JsonObject message = new JsonObject(text);
            if (message.getValue("event") instanceof String event) {
                handle(event, message);
            } else {
                refuse("A message is an object with an event");
            }
        } catch (DecodeException e) {
            refuse("A message is a JSON object");
        } catch (InvalidMessage e) {
            refuse(e.getMessage());
        }
    }

    private void refuse(String reason) {
        LOG.debugf("Refused of %s: %s", socketId, reason);
        socket.send(PusherFrames.error(null, reason));
    }

    private void handle(String event, JsonObject message) {
        switch (event) {
            case "pusher:ping" -> socket.send(PusherFrames.named("pusher:pong", new JsonObject()));
            case "pusher:pong" -> {}
            case "pusher:subscribe" -> channels.subscribe(InvalidMessage.dataOf(message));
            case "pusher:unsubscribe" -> channels.unsubscribe(InvalidMessage.dataOf(message));
            case "pusher:signin" -> user.signIn(InvalidMessage.dataOf(message));
            default -> clientEvents.send(event, message);
        }
    }

    @Override
    public void receivedBinary(Buffer bytes) {
        refuse("Binary messages are not supported");
    }

    @Override
    public void closed() {
        door.hub().closeMailbox(Authorization.address(socketId));
        channels.leaveAll();
        user.leave();
        released.run();
    }

    @Override
    public void askWhetherAlive() {
        socket.send(PusherFrames.named("pusher:ping", new JsonObject()));
    }

    @Override
    public int silentCode() {
        return 4201;
    }

    @Override
    public int drainCode() {
        return 4200;
    }
}
