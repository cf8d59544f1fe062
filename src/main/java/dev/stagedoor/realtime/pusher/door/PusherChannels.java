package dev.stagedoor.realtime.pusher.door;

import dev.stagedoor.platform.context.EventLoops;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.realtime.Latest;
import dev.stagedoor.realtime.Member;
import dev.stagedoor.realtime.Message;
import dev.stagedoor.realtime.Position;
import dev.stagedoor.realtime.Publication;
import dev.stagedoor.realtime.Receiver;
import dev.stagedoor.realtime.Revocation;
import dev.stagedoor.realtime.Subscription;
import dev.stagedoor.realtime.access.Listener;
import dev.stagedoor.realtime.pusher.Authorization;
import dev.stagedoor.realtime.pusher.ChannelKind;
import dev.stagedoor.realtime.pusher.PusherApp;
import dev.stagedoor.realtime.pusher.PusherFrames;
import dev.stagedoor.realtime.pusher.door.ChannelSubscription.PresenceMember;
import dev.stagedoor.realtime.socket.RateLimit;
import dev.stagedoor.realtime.socket.Socket;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The channels that a client is in. */
final class PusherChannels implements Receiver {

    private static final Logger LOG = Logger.getLogger(PusherChannels.class);

    private static final int MAX_CHANNELS = 1_000;

    /** Of a subscription that is there: each answer may be a large roster. */
    private static final int REPEATS_AT_ONCE = 20;

    private static final int MAX_CHANNEL_DATA = 10 << 10;
    private static final int UNAUTHORIZED = 401;

    /** The client connects anew at once. */
    private static final int COME_AGAIN = 4200;

    private final PusherApp app;
    private final PusherDoor door;
    private final Socket socket;
    private final String socketId;
    private final PusherUser user;
    private final RateLimit repeats = new RateLimit(REPEATS_AT_ONCE, 1, System.nanoTime());
    private final Map<String, ChannelSubscription> byName = new HashMap<>();
    private final Map<Subscription, ChannelSubscription> bySubscription = new HashMap<>();

    /** Whom our own backend let subscribe, by channel. */
    private final Map<String, Listener> authorized = new HashMap<>();

    PusherChannels(PusherApp app, PusherDoor door, Socket socket, String socketId, PusherUser user) {
        this.app = app;
        this.door = door;
        this.socket = socket;
        this.socketId = socketId;
        this.user = user;
    }

    /** It may come after the subscription, and after a revocation that it should have come before. */
    void authorized(Authorization authorization) {
        String name = authorization.channel();
        if (authorized.size() >= MAX_CHANNELS && !authorized.containsKey(name)) {
            socket.close(COME_AGAIN, "Too many channels were authorized");
            return;
        }
        authorized.put(name, authorization.listener());
        ChannelSubscription channel = byName.get(name);
        if (channel != null && channel.subscription() != null) {
            admitAgain(channel, channel.subscription())
                    .subscribe()
                    .with(admitted -> {}, failure -> socket.close(COME_AGAIN, "The user may not listen"));
        }
    }

    void subscribe(JsonObject data) {
        String channel = InvalidMessage.required(data, "channel");
        if (!ChannelKind.isName(channel)) {
            throw new InvalidMessage("A channel's name has 1 to 200 of the characters a-z A-Z 0-9 _ - = @ , . ;");
        }
        ChannelKind kind = ChannelKind.of(channel);
        String channelData = kind.isPresence() ? InvalidMessage.optional(data, "channel_data") : null;
        if (!isAllowed(channel, kind, InvalidMessage.optional(data, "auth"), channelData)) {
            refuse(channel);
            return;
        }
        ChannelSubscription known = byName.get(channel);
        if (known == null) {
            begin(new ChannelSubscription(channel, kind, member(kind, channelData), recover(data)));
        } else if (known.subscription() != null && repeats.allows(System.nanoTime())) {
            // Again: the answer may have been lost, the subscription was not.
            socket.send(succeeded(known));
        }
    }

    /** In both forms that servers of this protocol have; the connection stays. */
    private void refuse(String channel) {
        String reason = "The subscription is not signed as it must be";
        socket.send(PusherFrames.subscriptionError(channel, "AuthError", reason, UNAUTHORIZED));
        socket.send(PusherFrames.error(PusherUser.UNAUTHORIZED, reason + ": " + channel));
    }

    private boolean isAllowed(String channel, ChannelKind kind, String auth, String channelData) {
        if (kind == ChannelKind.SERVER_TO_USER) {
            return kind.rest(channel).equals(user.id());
        }
        if (!kind.isSigned()) {
            return true;
        }
        return auth != null && app.isAuthorization(auth, PusherApp.subscription(socketId, channel, channelData));
    }

    private PresenceMember member(ChannelKind kind, String channelData) {
        if (!kind.isPresence()) {
            return null;
        }
        if (channelData == null) {
            if (user.id() == null) {
                throw new InvalidMessage("A presence channel needs channel_data, or a sign-in");
            }
            return user.asMember();
        }
        if (channelData.length() > MAX_CHANNEL_DATA || channelData.contains("\\u0000")) {
            throw new InvalidMessage("channel_data has at most 10 KiB, and no NUL");
        }
        JsonObject parsed = InvalidMessage.parse(channelData, "channel_data");
        Object info = parsed.getValue("user_info");
        return new PresenceMember(
                InvalidMessage.userId(parsed.getValue("user_id")), info == null ? null : Json.encode(info));
    }

    /** Our own extension: {@code recover: {epoch, offset}} asks for what came after that. */
    private static Position recover(JsonObject data) {
        if (!(data.getValue("recover") instanceof JsonObject recover)) {
            return null;
        }
        return Position.parse(recover.getValue("epoch") + "-" + recover.getValue("offset"))
                .orElseThrow(() -> new InvalidMessage("recover has an epoch and an offset"));
    }

    private void begin(ChannelSubscription channel) {
        if (byName.size() >= MAX_CHANNELS) {
            throw new InvalidMessage("A connection is in at most 1000 channels");
        }
        byName.put(channel.channel(), channel);
        String topic = app.topic(channel.channel());
        join(topic, channel.member())
                .chain(() -> door.hub().subscribe(topic, this, channel.after()))
                .call(subscription ->
                        admitAgain(channel, subscription).onFailure().invoke(failure -> subscription.cancel()))
                .subscribe()
                .with(subscription -> joined(channel, subscription), failure -> notJoined(channel, failure));
    }

    private Uni<Void> join(String topic, PresenceMember member) {
        return member == null
                ? Uni.createFrom().voidItem()
                : door.presence().join(topic, member.userId(), member.info());
    }

    /** The signature may be older than a revocation: who is known is asked for once nothing is missed any more. */
    private Uni<Void> admitAgain(ChannelSubscription channel, Subscription subscription) {
        Listener listener = authorized.get(channel.channel());
        return listener == null
                ? Uni.createFrom().voidItem()
                : EventLoops.onOwnContext(context().owner(), () -> door.access().admits(listener, subscription.topic()))
                        .emitOn(task -> context().runOnContext(ignored -> task.run()))
                        .invoke(PusherChannels::requireAdmitted)
                        .replaceWithVoid();
    }

    private static void requireAdmitted(boolean isAdmitted) {
        if (!isAdmitted) {
            throw ApiException.forbidden("This channel is not the caller's to listen to");
        }
    }

    private void joined(ChannelSubscription channel, Subscription subscription) {
        if (byName.get(channel.channel()) != channel) {
            // It has left meanwhile.
            subscription.cancel();
            return;
        }
        channel.attached(subscription);
        bySubscription.put(subscription, channel);
        socket.send(succeeded(channel));
        door.occupancy().entered(subscription.topic());
        if (channel.kind().isCached() && !subscription.isRecovered()) {
            sendCached(channel, subscription);
        } else {
            subscription.start();
        }
    }

    private String succeeded(ChannelSubscription channel) {
        JsonObject data = channel.member() == null ? new JsonObject() : PusherFrames.presence(members(channel));
        Boolean recovered =
                channel.after() == null ? null : channel.subscription().isRecovered();
        return PusherFrames.subscribed(channel.channel(), data, channel.subscription(), recovered);
    }

    /** With the client's own user, though it may be another node that is still to hear of it. */
    private static List<Member> members(ChannelSubscription channel) {
        List<Member> members = new ArrayList<>(channel.subscription().members());
        PresenceMember me = channel.member();
        if (members.stream().noneMatch(member -> member.userId().equals(me.userId()))) {
            members.add(new Member(me.userId(), me.info()));
        }
        return members;
    }

    private void sendCached(ChannelSubscription channel, Subscription subscription) {
        door.hub()
                .latest(subscription.topic())
                .emitOn(task -> context().runOnContext(ignored -> task.run()))
                .subscribe()
                .with(last -> cached(channel, subscription, last), failure -> notJoined(channel, failure));
    }

    private void cached(ChannelSubscription channel, Subscription subscription, Latest last) {
        if (last == null) {
            socket.send(PusherFrames.named("pusher:cache_miss", channel.channel(), new JsonObject()));
            door.webhooks().cacheMiss(app, channel.channel());
        } else if (!last.publication().position().isAfter(subscription.position())) {
            // A newer one comes by itself.
            socket.send(last.publication().as(app.event()));
        }
        subscription.start();
    }

    private void notJoined(ChannelSubscription channel, Throwable failure) {
        if (byName.get(channel.channel()) != channel) {
            return;
        }
        if (failure instanceof ApiException) {
            byName.remove(channel.channel());
            leave(channel);
            refuse(channel.channel());
        } else {
            // PostgreSQL is away: the client comes back, and asks again.
            LOG.warnf("No subscription: %s", failure.toString());
            socket.close(Socket.OVER_CAPACITY, "Try again later");
        }
    }

    void unsubscribe(JsonObject data) {
        ChannelSubscription channel = byName.remove(InvalidMessage.required(data, "channel"));
        if (channel != null) {
            leave(channel);
        }
    }

    void leaveAll() {
        byName.values().forEach(this::leave);
        byName.clear();
    }

    private void leave(ChannelSubscription channel) {
        if (channel.subscription() != null) {
            bySubscription.remove(channel.subscription());
            door.occupancy().left(channel.subscription().topic());
            channel.subscription().cancel();
        }
        if (channel.member() != null) {
            door.presence().leave(app.topic(channel.channel()), channel.member().userId());
        }
    }

    /** The channel of this name; a client that is not in it is told so. */
    ChannelSubscription requireJoined(String name) {
        ChannelSubscription channel = byName.get(name);
        if (channel == null || channel.subscription() == null) {
            throw new InvalidMessage("The connection is not in the channel");
        }
        return channel;
    }

    /** Who the client is in a channel; null where nobody knows. */
    String userIn(ChannelSubscription channel) {
        if (channel.member() != null) {
            return channel.member().userId();
        }
        Listener listener = authorized.get(channel.channel());
        return listener == null ? user.id() : listener.userId().toString();
    }

    @Override
    public Context context() {
        return socket.context();
    }

    @Override
    public void receive(Subscription subscription, Message message) {
        if (socketId.equals(message.exceptSocket())) {
            return;
        }
        ChannelSubscription channel = bySubscription.get(subscription);
        Optional<String> revoked = Revocation.userId(message);
        if (revoked.isPresent()) {
            revoke(channel, revoked.get());
            return;
        }
        if (channel.member() != null && isOwnComing(channel, message)) {
            return;
        }
        socket.send(message.as(channel.after() == null ? app.event() : app.positionedEvent()));
    }

    /**
     * The protocol has no other way to end a subscription: the client comes back, and is refused this one. Of whom nothing is
     * known, it may be this user.
     */
    private void revoke(ChannelSubscription channel, String userId) {
        String known = userIn(channel);
        if (known == null || known.equals(userId)) {
            socket.close(COME_AGAIN, "The user may not listen any more");
        }
    }

    /** As long as it is in the channel, its user neither comes nor goes for it. */
    private static boolean isOwnComing(ChannelSubscription channel, Message message) {
        return message instanceof Publication publication
                && Member.isAbout(publication, channel.member().userId());
    }

    @Override
    public void missed(Subscription subscription) {
        socket.close(COME_AGAIN, "Events were missed; subscribe anew");
    }

    @Override
    public Future<Void> drained() {
        return socket.drained();
    }
}
