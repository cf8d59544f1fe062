package dev.stagedoor.realtime.pusher.api;

import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.pusher.ChannelKind;
import dev.stagedoor.realtime.pusher.PusherApp;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a server wants to be told to channels.
 *
 * @param data a text, told as it is
 * @param socketId the connection that is not told, or null
 * @param infos what the answer is to say of each channel
 */
record Trigger(String name, String data, Set<String> channels, String socketId, Set<ChannelInfo> infos) {

    private static final int MAX_NAME = 200;
    private static final int MAX_DATA_BYTES = 10 * 1024;
    private static final int MAX_CHANNELS = 100;

    /** Fails with 400, or with 413 where the data is too large. */
    static Trigger of(JsonObject json) {
        return new Trigger(
                name(json),
                data(json),
                channels(json),
                PusherTexts.socketId(json, "socket_id", false),
                ChannelInfo.of(PusherTexts.text(json, "info", false)));
    }

    private static String name(JsonObject json) {
        String name = PusherTexts.text(json, "name", true);
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw ApiException.invalid("name", "must have 1 to " + MAX_NAME + " characters");
        }
        if (name.startsWith("pusher:") || name.startsWith("pusher_internal:")) {
            throw ApiException.invalid("name", "is reserved for the protocol");
        }
        return name;
    }

    private static String data(JsonObject json) {
        String data = PusherTexts.text(json, "data", true);
        if (data.getBytes(StandardCharsets.UTF_8).length > MAX_DATA_BYTES) {
            throw new ApiException(413, "data-too-large", "data must have 10 KB at most");
        }
        return data;
    }

    private static Set<String> channels(JsonObject json) {
        Set<String> channels = new LinkedHashSet<>();
        named(json).forEach(channel -> {
            if (!(channel instanceof String name) || !ChannelKind.isName(name)) {
                throw ApiException.invalid("channels", "must be names of channels");
            }
            channels.add(name);
        });
        if (channels.isEmpty() || channels.size() > MAX_CHANNELS) {
            throw ApiException.invalid("channels", "must be 1 to " + MAX_CHANNELS);
        }
        return channels;
    }

    private static Stream<?> named(JsonObject json) {
        Object channels = json.getValue("channels");
        if (channels instanceof JsonArray several) {
            return several.stream();
        }
        return Stream.ofNullable(channels == null ? json.getValue("channel") : channels);
    }

    List<Event> events(PusherApp app) {
        return channels.stream()
                .map(channel -> new Event(app.topic(channel), name, data, socketId, List.of()))
                .toList();
    }
}
