package dev.stagedoor.realtime.supabase;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * How a client wants to take part in a channel.
 *
 * @param hearsItself whether it gets its own broadcasts
 * @param wantsAnswers whether its broadcasts are answered
 * @param accessToken null where it is that of the connection
 */
record JoinRequest(
        boolean hearsItself,
        boolean wantsAnswers,
        boolean wantsPresence,
        boolean isPrivate,
        List<Binding> bindings,
        String accessToken) {

    private static final int MAX_BINDINGS = 20;

    JoinRequest {
        bindings = List.copyOf(bindings);
    }

    static JoinRequest parse(JsonObject payload, Tables tables) {
        JsonObject config = object(payload, "config");
        JsonObject broadcast = object(config, "broadcast");
        return new JoinRequest(
                flag(broadcast, "self"),
                flag(broadcast, "ack"),
                flag(object(config, "presence"), "enabled"),
                flag(config, "private"),
                bindings(config.getValue("postgres_changes"), tables),
                payload.getValue("access_token") instanceof String token ? token : null);
    }

    private static JsonObject object(JsonObject parent, String name) {
        Object value = parent.getValue(name);
        if (value == null) {
            return new JsonObject();
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new Refusal(name + " is not an object");
    }

    private static boolean flag(JsonObject parent, String name) {
        Object value = parent.getValue(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw new Refusal(name + " is neither true nor false");
    }

    private static List<Binding> bindings(Object asked, Tables tables) {
        if (asked == null) {
            return List.of();
        }
        if (!(asked instanceof JsonArray entries) || entries.size() > MAX_BINDINGS) {
            throw new Refusal("postgres_changes is not an array of up to " + MAX_BINDINGS);
        }
        List<Binding> bindings = new ArrayList<>();
        for (Object entry : entries) {
            bindings.add(Binding.parse(bindings.size() + 1, entry, tables));
        }
        return bindings;
    }
}
