package dev.stagedoor.realtime.pusher.door;

import dev.stagedoor.realtime.Hub;
import dev.stagedoor.realtime.Relay;
import dev.stagedoor.realtime.access.TopicAccess;
import dev.stagedoor.realtime.presence.Occupancy;
import dev.stagedoor.realtime.presence.Presence;
import dev.stagedoor.realtime.pusher.PusherApp;
import dev.stagedoor.realtime.pusher.PusherApps;
import dev.stagedoor.realtime.pusher.webhook.Webhooks;
import dev.stagedoor.realtime.socket.Socket;
import dev.stagedoor.realtime.socket.SocketHandler;
import dev.stagedoor.realtime.socket.Sockets;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes Pusher clients at {@code /app/{key}}, from pages of any origin: what they may is proved by signatures. */
@ApplicationScoped
class PusherDoor {

    /** No request of a socket is one that CORS is about. */
    private static final int BEFORE_CORS = SecurityHandlerPriorities.CORS + 1;

    private static final String PATH = "/app/";
    private static final int MIN_PROTOCOL = 5;
    private static final int MAX_PROTOCOL = 7;

    private final PusherApps apps;
    private final Sockets sockets;
    private final Hub hub;
    private final Presence presence;
    private final Occupancy occupancy;
    private final Relay relay;
    private final TypingGate typing;
    private final Webhooks webhooks;
    private final TopicAccess access;
    private final SecureRandom random = new SecureRandom();
    private final Map<PusherApp, AtomicInteger> connections = new ConcurrentHashMap<>();

    PusherDoor(
            PusherApps apps,
            Sockets sockets,
            Hub hub,
            Presence presence,
            Occupancy occupancy,
            Relay relay,
            TypingGate typing,
            Webhooks webhooks,
            TopicAccess access) {
        this.apps = apps;
        this.sockets = sockets;
        this.hub = hub;
        this.presence = presence;
        this.occupancy = occupancy;
        this.relay = relay;
        this.typing = typing;
        this.webhooks = webhooks;
        this.access = access;
    }

    Hub hub() {
        return hub;
    }

    Presence presence() {
        return presence;
    }

    Occupancy occupancy() {
        return occupancy;
    }

    Webhooks webhooks() {
        return webhooks;
    }

    TopicAccess access() {
        return access;
    }

    Relay relay() {
        return relay;
    }

    TypingGate typing() {
        return typing;
    }

    void install(@Observes Filters filters) {
        filters.register(this::open, BEFORE_CORS);
    }

    private void open(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (Sockets.isUpgrade(request) && request.path().startsWith(PATH)) {
            sockets.accept(context, socket -> handler(socket, request));
        } else {
            context.next();
        }
    }

    private SocketHandler handler(Socket socket, HttpServerRequest request) {
        String key = request.path().substring(PATH.length());
        Optional<Refusal> wrong = refusal(key, request.getParam("protocol"));
        if (wrong.isPresent()) {
            return RefusedClient.refuse(socket, wrong.get());
        }
        PusherApp app = apps.byKey(key).orElseThrow();
        AtomicInteger count = connections.computeIfAbsent(app, first -> new AtomicInteger());
        if (count.incrementAndGet() > app.settings().maxConnections()) {
            count.decrementAndGet();
            return RefusedClient.refuse(socket, new Refusal(4004, "Application is over connection quota"));
        }
        PusherClient client = new PusherClient(app, this, socket, newSocketId(), count::decrementAndGet);
        client.establish();
        return client;
    }

    /** Why a connection is closed at once. */
    record Refusal(int code, String message) {}

    private Optional<Refusal> refusal(String key, String protocol) {
        if (key.isEmpty() || key.contains("/")) {
            return Optional.of(new Refusal(4005, "Path not found"));
        }
        Optional<PusherApp> app = apps.byKey(key);
        if (app.isEmpty()) {
            return Optional.of(new Refusal(4001, "Application does not exist"));
        }
        if (!app.get().settings().enabled()) {
            return Optional.of(new Refusal(4003, "Application disabled"));
        }
        return protocolRefusal(protocol);
    }

    private static Optional<Refusal> protocolRefusal(String protocol) {
        if (protocol == null || protocol.isEmpty()) {
            return Optional.of(new Refusal(4008, "No protocol version supplied"));
        }
        if (!protocol.matches("[0-9]{1,4}")) {
            return Optional.of(new Refusal(4006, "Invalid version string format"));
        }
        int version = Integer.parseInt(protocol);
        return version < MIN_PROTOCOL || version > MAX_PROTOCOL
                ? Optional.of(new Refusal(4007, "Unsupported protocol version"))
                : Optional.empty();
    }

    /**
     * Two numbers, as the server libraries check; together of 124 bits that nobody can guess: no two sockets anywhere have the
     * same, and nobody has a subscription of another's signed.
     */
    private String newSocketId() {
        return random.nextLong(1L << 62) + "." + random.nextLong(1L << 62);
    }
}
