package dev.stagedoor.realtime.pusher;

import dev.stagedoor.realtime.Signal;
import dev.stagedoor.realtime.access.Listener;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * That one of our own users was given the signature of a subscription. The signature names nobody: by this, the node that has
 * the connection knows whose subscription it is.
 */
public record Authorization(String channel, Listener listener) {

    /** Where the node that has the connection hears of it. */
    public static String address(String socketId) {
        return "authorized:" + socketId;
    }

    public Signal toSignal(String socketId) {
        String scopes = new JsonArray(List.copyOf(listener.scopes())).encode();
        return new Signal(address(socketId), channel, scopes, listener.userId().toString(), null);
    }

    public static Authorization of(Signal signal) {
        Set<String> scopes =
                new JsonArray(signal.data()).stream().map(String.class::cast).collect(Collectors.toUnmodifiableSet());
        return new Authorization(signal.name(), new Listener(UUID.fromString(signal.userId()), scopes, null));
    }
}
