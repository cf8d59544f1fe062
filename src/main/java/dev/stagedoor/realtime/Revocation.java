package dev.stagedoor.realtime;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * That a topic is closed to a user from now on. It is an event, so that it takes effect on all nodes whatever happens to the
 * one that published it; doors act upon it, and tell clients nothing of it.
 */
public final class Revocation {

    /** No client and no server may name an event of theirs so. */
    private static final String NAME = "pusher_internal:access_revoked";

    private static final Message.Encoding<String> USER_ID =
            message -> new JsonObject(((Publication) message).data()).getString("userId");

    private Revocation() {}

    public static Event of(String topic, UUID userId) {
        return Event.of(topic, NAME, Map.of("userId", userId), List.of());
    }

    /** To whom the topic is closed by this; empty where the message is something else. */
    public static Optional<String> userId(Message message) {
        return is(message) ? Optional.of(message.as(USER_ID)) : Optional.empty();
    }

    static boolean is(Message message) {
        return message instanceof Publication && message.name().equals(NAME);
    }
}
