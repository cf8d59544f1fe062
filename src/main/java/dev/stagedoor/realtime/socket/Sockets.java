package dev.stagedoor.realtime.socket;

import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.ProblemWriter;
import dev.stagedoor.realtime.Connections;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Takes WebSockets for the doors, and looks after them. */
@ApplicationScoped
public class Sockets {

    /** Clients that say nothing are asked after this time; it is what the Pusher door promises them. */
    public static final Duration ACTIVITY_TIMEOUT = Duration.ofMinutes(2);

    private static final Logger LOG = Logger.getLogger(Sockets.class);

    private static final Duration PONG_TIMEOUT = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 5_000;

    private final Vertx vertx;
    private final SocketMeters meters;
    private final ProblemWriter problems;
    private final Connections connections;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    Sockets(Vertx vertx, SocketMeters meters, ProblemWriter problems, Connections connections, MeterRegistry registry) {
        this.vertx = vertx;
        this.meters = meters;
        this.problems = problems;
        this.connections = connections;
        Gauge.builder("websocket_connections_active", open, Set::size)
                .description("Open WebSockets")
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(LOOK_MILLIS, tick -> look());
    }

    private void look() {
        long now = System.nanoTime();
        open.forEach(
                socket -> socket.context().runOnContext(ignored -> socket.look(now, ACTIVITY_TIMEOUT, PONG_TIMEOUT)));
    }

    public static boolean isUpgrade(HttpServerRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    /** Makes a WebSocket of a request; what becomes of it is the door's. */
    public void accept(RoutingContext context, Function<Socket, SocketHandler> door) {
        try {
            connections.requireRoom();
        } catch (ApiException refusal) {
            problems.write(context.request(), refusal);
            return;
        }
        HttpServerRequest request = context.request();
        Channel channel = ((ConnectionBase) request.connection()).channel();
        request.toWebSocket()
                .onSuccess(webSocket -> opened(webSocket, channel, door, request))
                .onFailure(failure -> LOG.debugf("No WebSocket: %s", failure.toString()));
    }

    private void opened(
            ServerWebSocket webSocket,
            Channel channel,
            Function<Socket, SocketHandler> door,
            HttpServerRequest request) {
        if (channel.pipeline().get("idle") != null) {
            // Of HTTP, whose clients have no pings.
            channel.pipeline().remove("idle");
        }
        Inflation.bound(channel.pipeline());
        Socket socket = new Socket(webSocket, channel, vertx, meters);
        Connections.Registration registration =
                connections.register(() -> socket.context().runOnContext(ignored -> socket.drain()));
        open.add(socket);
        socket.heard(System.nanoTime());
        Messages messages = new Messages(socket, meters);
        webSocket.frameHandler(frame -> {
            if (frame.type() == WebSocketFrameType.PING && !channel.isWritable()) {
                // Each is answered, whatever waits already to be read.
                socket.cutOff();
                return;
            }
            socket.heard(System.nanoTime());
            messages.take(frame);
        });
        webSocket.pongHandler(pong -> socket.heard(System.nanoTime()));
        webSocket.exceptionHandler(socket::failed);
        webSocket.closeHandler(closed -> {
            open.remove(socket);
            registration.end();
            Upgraded.end(request);
            socket.handler().closed();
        });
        // At last: a door may close it at once, and Vert.x takes no handlers for what is closed.
        socket.handledBy(door.apply(socket));
    }
}
