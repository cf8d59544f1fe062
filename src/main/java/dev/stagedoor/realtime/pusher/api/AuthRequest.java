package dev.stagedoor.realtime.pusher.api;

import dev.stagedoor.platform.http.ApiException;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a client wants to be signed.
 *
 * @param channel null where it wants to sign in
 */
record AuthRequest(String socketId, String channel) {

    /** Parameters of a form; more are not read. */
    private static final int MAX_PARAMETERS = 100;

    /**
     * Reads a form, or JSON with the same fields; fails with 400.
     *
     * @param mediaType null where the client does not say
     */
    static AuthRequest ofChannel(String mediaType, byte[] body) {
        JsonObject fields = fields(mediaType, body);
        String channel = PusherTexts.text(fields, "channel_name", true);
        return new AuthRequest(
                PusherTexts.socketId(fields, "socket_id", true), PusherTexts.channel(channel, "channel_name"));
    }

    /** As {@link #ofChannel}, of a sign-in. */
    static AuthRequest ofUser(String mediaType, byte[] body) {
        return new AuthRequest(PusherTexts.socketId(fields(mediaType, body), "socket_id", true), null);
    }

    private static JsonObject fields(String mediaType, byte[] body) {
        byte[] content = body == null ? new byte[0] : body;
        return mediaType != null && mediaType.toLowerCase(Locale.ROOT).contains("json")
                ? PusherTexts.object(content)
                : form(new String(content, StandardCharsets.UTF_8));
    }

    private static JsonObject form(String body) {
        try {
            JsonObject fields = new JsonObject();
            new QueryStringDecoder(body, StandardCharsets.UTF_8, false, MAX_PARAMETERS)
                    .parameters()
                    .forEach((name, values) -> fields.put(name, values.get(0)));
            return fields;
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "malformed-request", "The body is not a form");
        }
    }
}
