package dev.stagedoor.realtime.pusher.door;

import dev.stagedoor.realtime.Hub;
import dev.stagedoor.realtime.Member;
import dev.stagedoor.realtime.Message;
import dev.stagedoor.realtime.Publication;
import dev.stagedoor.realtime.Receiver;
import dev.stagedoor.realtime.Signal;
import dev.stagedoor.realtime.Subscription;
import dev.stagedoor.realtime.presence.Presence;
import dev.stagedoor.realtime.pusher.PusherApp;
import dev.stagedoor.realtime.pusher.PusherFrames;
import dev.stagedoor.realtime.pusher.door.ChannelSubscription.PresenceMember;
import dev.stagedoor.realtime.socket.Socket;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Who a client has signed in as, if anyone: is online by it, is told of those it watches, and can be sent away. */
final class PusherUser implements Receiver {

    private static final Logger LOG = Logger.getLogger(PusherUser.class);

    static final String TERMINATE = "terminate";

    static final int UNAUTHORIZED = 4009;
    private static final int WATCHLIST_TOO_LONG = 4302;
    private static final int MAX_WATCHED = 100;

    /** With room for a whole watchlist. */
    private static final int MAX_USER_DATA = 20 << 10;

    private final PusherApp app;
    private final PusherDoor door;
    private final Socket socket;
    private final String socketId;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private String id;
    private String info;
    private boolean isGone;

    PusherUser(PusherApp app, PusherDoor door, Socket socket, String socketId) {
        this.app = app;
        this.door = door;
        this.socket = socket;
        this.socketId = socketId;
    }

    /** Null for nobody. */
    String id() {
        return id;
    }

    /** As a member of presence channels; null for nobody. */
    PresenceMember asMember() {
        return id == null ? null : new PresenceMember(id, info);
    }

    void signIn(JsonObject data) {
        String userData = InvalidMessage.required(data, "user_data");
        if (userData.length() > MAX_USER_DATA || userData.contains("\\u0000")) {
            throw new InvalidMessage("user_data has at most 20 KiB, and no NUL");
        }
        String auth = InvalidMessage.required(data, "auth");
        if (!app.isAuthorization(auth, PusherApp.signIn(socketId, userData))) {
            socket.send(PusherFrames.error(UNAUTHORIZED, "The signature of the sign-in is not right"));
            socket.close(UNAUTHORIZED, "The signature of the sign-in is not right");
            return;
        }
        JsonObject user = InvalidMessage.parse(userData, "user_data");
        String signedIn = InvalidMessage.userId(user.getValue("id"));
        List<String> watched = watchlist(user);
        if (id != null && !id.equals(signedIn)) {
            socket.send(PusherFrames.error(null, "The connection is signed in as someone else"));
            return;
        }
        boolean isFirst = id == null;
        id = signedIn;
        info = user.getValue("user_info") == null ? null : Json.encode(user.getValue("user_info"));
        socket.send(PusherFrames.named("pusher:signin_success", new JsonObject().put("user_data", userData)));
        if (isFirst) {
            comeOnline(watched);
        }
    }

    private List<String> watchlist(JsonObject user) {
        if (!(user.getValue("watchlist") instanceof JsonArray ids)) {
            return List.of();
        }
        if (ids.size() > MAX_WATCHED) {
            socket.send(PusherFrames.error(WATCHLIST_TOO_LONG, "A watchlist has at most 100 users"));
            return List.of();
        }
        return ids.stream().map(InvalidMessage::userId).distinct().toList();
    }

    private void comeOnline(List<String> watched) {
        listen(app.onlineTopic(id));
        door.presence()
                .join(app.onlineTopic(id), id, null)
                .subscribe()
                .with(done -> {}, failure -> LOG.debugf("Not shown as online: %s", failure.toString()));
        watched.stream().filter(other -> !other.equals(id)).forEach(other -> listen(app.onlineTopic(other)));
    }

    private void listen(String topic) {
        Hub hub = door.hub();
        hub.subscribe(topic, this).subscribe().with(this::listening, this::notListening);
    }

    /** PostgreSQL is away: the client comes back, and signs in again. */
    private void notListening(Throwable failure) {
        LOG.debugf("Not listening: %s", failure.toString());
        if (!isGone) {
            socket.close(Socket.OVER_CAPACITY, "Try again later");
        }
    }

    private void listening(Subscription subscription) {
        if (isGone) {
            subscription.cancel();
            return;
        }
        subscriptions.add(subscription);
        if (!isMine(subscription) && !subscription.members().isEmpty()) {
            tell("online", subscription.members().get(0).userId());
        }
        subscription.start();
    }

    private boolean isMine(Subscription subscription) {
        return subscription.topic().equals(app.onlineTopic(id));
    }

    private void tell(String name, String userId) {
        socket.send(PusherFrames.watchlist(name, List.of(userId)));
    }

    void leave() {
        isGone = true;
        subscriptions.forEach(Subscription::cancel);
        if (id != null) {
            door.presence().leave(app.onlineTopic(id), id);
        }
    }

    @Override
    public Context context() {
        return socket.context();
    }

    @Override
    public void receive(Subscription subscription, Message message) {
        if (isMine(subscription)) {
            if (message instanceof Signal && message.name().equals(TERMINATE)) {
                socket.close(UNAUTHORIZED, "The connections of the user were ended");
            }
        } else if (message instanceof Publication publication) {
            String name = publication.name().equals(Presence.ADDED) ? "online" : "offline";
            tell(name, Member.userIdOf(publication));
        }
    }

    @Override
    public void missed(Subscription subscription) {
        socket.close(Socket.OVER_CAPACITY, "Events were missed");
    }

    @Override
    public Future<Void> drained() {
        return socket.drained();
    }
}
