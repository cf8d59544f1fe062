package dev.stagedoor.realtime.pusher.api;

import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.realtime.pusher.ChannelKind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;

/** Reads what requests of the Pusher door hold; what is wrong fails with 400. */
final class PusherTexts {

    private static final Pattern SOCKET_ID = Pattern.compile("[0-9]{1,30}\\.[0-9]{1,30}");

    private PusherTexts() {}

    static JsonObject object(byte[] body) {
        try {
            if (Json.decodeValue(Buffer.buffer(body)) instanceof JsonObject object) {
                return object;
            }
        } catch (DecodeException e) {
            // Said below, as of JSON that is no object.
        }
        throw new ApiException(400, "malformed-json", "The body is not the JSON this resource takes");
    }

    /** A text that can be stored; null where it is absent and may be. */
    static String text(JsonObject json, String field, boolean isRequired) {
        Object value = json.getValue(field);
        if (value == null && !isRequired) {
            return null;
        }
        if (!(value instanceof String text)) {
            throw ApiException.invalid(field, "must be a string");
        }
        if (!isStorable(text)) {
            throw ApiException.invalid(field, "must be well-formed Unicode without U+0000");
        }
        return text;
    }

    /** Whether PostgreSQL takes the text, and gives it back as it was. */
    static boolean isStorable(String text) {
        return text.codePoints().allMatch(point -> point != 0 && Character.getType(point) != Character.SURROGATE);
    }

    static String socketId(JsonObject json, String field, boolean isRequired) {
        String socketId = text(json, field, isRequired);
        if (socketId != null && !SOCKET_ID.matcher(socketId).matches()) {
            throw ApiException.invalid(field, "must be the id of a connection, as in 123.456");
        }
        return socketId;
    }

    static String channel(String channel, String field) {
        if (!ChannelKind.isName(channel)) {
            throw ApiException.invalid(field, "must be the name of a channel");
        }
        return channel;
    }
}
