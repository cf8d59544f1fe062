package dev.stagedoor.realtime.pusher.door;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** Says to a client what is wrong with its message; the connection stays. */
final class InvalidMessage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidMessage(String reason) {
        super(reason, null, false, false);
    }

    /** The data of a message: an object, or the JSON of one. */
    static JsonObject dataOf(JsonObject message) {
        Object data = message.getValue("data");
        if (data instanceof JsonObject object) {
            return object;
        }
        if (data instanceof String text) {
            return parse(text, "data");
        }
        throw new InvalidMessage("The message needs data");
    }

    /** @param name what the text is, for whoever sent it */
    static JsonObject parse(String text, String name) {
        try {
            return new JsonObject(text);
        } catch (DecodeException e) {
            throw new InvalidMessage(name + " is no JSON object");
        }
    }

    /** A text that must be there. */
    static String required(JsonObject data, String name) {
        if (data.getValue(name) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new InvalidMessage("The message needs " + name + " as a text");
    }

    /** A text that may be absent; pusher-js sends an empty one where it has none. */
    static String optional(JsonObject data, String name) {
        Object value = data.getValue(name);
        if (value == null || value.equals("")) {
            return null;
        }
        if (value instanceof String text) {
            return text;
        }
        throw new InvalidMessage(name + " must be a text");
    }

    /** The id of a user, which may come as a number. */
    static String userId(Object id) {
        String text = id instanceof String || id instanceof Number ? id.toString() : "";
        if (text.isEmpty() || text.length() > 128 || text.indexOf('\0') >= 0) {
            throw new InvalidMessage("A user id has 1 to 128 characters");
        }
        return text;
    }
}
