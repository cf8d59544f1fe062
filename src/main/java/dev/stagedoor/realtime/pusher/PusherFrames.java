package dev.stagedoor.realtime.pusher;

import dev.stagedoor.realtime.Member;
import dev.stagedoor.realtime.Message;
import dev.stagedoor.realtime.Position;
import dev.stagedoor.realtime.Publication;
import dev.stagedoor.realtime.Signal;
import dev.stagedoor.realtime.Subscription;
import dev.stagedoor.realtime.socket.Frame;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;

/** What the server says, in the form of protocol 7: data is JSON within a JSON string. */
public final class PusherFrames {

    private PusherFrames() {}

    public static Frame event(String channel, Message message, boolean isPositioned) {
        StringBuilder json = new StringBuilder(128)
                .append("{\"event\":")
                .append(Json.encode(message.name()))
                .append(",\"channel\":")
                .append(Json.encode(channel));
        if (message instanceof Publication publication) {
            json.append(",\"data\":").append(Json.encode(publication.data()));
            if (isPositioned) {
                Position position = publication.position();
                json.append(",\"epoch\":")
                        .append(position.epoch())
                        .append(",\"offset\":")
                        .append(position.offset());
            }
        } else if (message instanceof Signal signal) {
            json.append(",\"data\":").append(signal.data());
            if (signal.userId() != null && ChannelKind.of(channel).isPresence()) {
                json.append(",\"user_id\":").append(Json.encode(signal.userId()));
            }
        }
        return Frame.text(json.append('}').toString());
    }

    public static String named(String event, JsonObject data) {
        return new JsonObject().put("event", event).put("data", data.encode()).encode();
    }

    public static String named(String event, String channel, JsonObject data) {
        return new JsonObject()
                .put("event", event)
                .put("channel", channel)
                .put("data", data.encode())
                .encode();
    }

    public static String established(String socketId, long activityTimeoutSeconds) {
        return named(
                "pusher:connection_established",
                new JsonObject().put("socket_id", socketId).put("activity_timeout", activityTimeoutSeconds));
    }

    /**
     * Something that is wrong.
     *
     * @param code null where the protocol has none
     */
    public static String error(Integer code, String message) {
        return new JsonObject()
                .put("event", "pusher:error")
                .put("data", new JsonObject().put("code", code).put("message", message))
                .encode();
    }

    public static String subscriptionError(String channel, String type, String error, int status) {
        return named(
                "pusher:subscription_error",
                channel,
                new JsonObject().put("type", type).put("error", error).put("status", status));
    }

    /**
     * That a subscription holds.
     *
     * @param recovered whether what was missed follows; null where that was not asked for
     */
    public static String subscribed(String channel, JsonObject data, Subscription subscription, Boolean recovered) {
        JsonObject frame = new JsonObject()
                .put("event", "pusher_internal:subscription_succeeded")
                .put("channel", channel)
                .put("data", data.encode());
        if (recovered != null) {
            frame.put("recovered", recovered)
                    .put("epoch", subscription.position().epoch())
                    .put("offset", subscription.position().offset());
        }
        return frame.encode();
    }

    public static JsonObject presence(Collection<Member> members) {
        JsonArray ids = new JsonArray();
        JsonObject hash = new JsonObject();
        members.forEach(member -> {
            ids.add(member.userId());
            hash.put(member.userId(), member.info() == null ? null : Json.decodeValue(member.info()));
        });
        return new JsonObject()
                .put(
                        "presence",
                        new JsonObject().put("ids", ids).put("hash", hash).put("count", ids.size()));
    }

    public static String watchlist(String name, Collection<String> userIds) {
        JsonObject event =
                new JsonObject().put("name", name).put("user_ids", new JsonArray(java.util.List.copyOf(userIds)));
        return named("pusher_internal:watchlist_events", new JsonObject().put("events", new JsonArray().add(event)));
    }
}
