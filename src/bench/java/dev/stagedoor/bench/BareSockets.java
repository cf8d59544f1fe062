package dev.stagedoor.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.HashSet;
import java.util.Set;

/**
 * The baseline of the fan-out: a Vert.x server that writes the body of every POST to all its WebSockets, and does nothing
 * else. No channels, no order, no database, no limit to what waits to be read.
 *
 * <p>Argument: port.
 */
public final class BareSockets extends AbstractVerticle {

    private static final String MESSAGE = "message";

    private final int port;
    private final Set<ServerWebSocket> sockets = new HashSet<>();

    private BareSockets(int port) {
        this.port = port;
    }

    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        Vertx.vertx()
                .deployVerticle(
                        () -> new BareSockets(port),
                        new DeploymentOptions().setInstances(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE))
                .onFailure(Throwable::printStackTrace);
    }

    /** Each instance has the sockets of its own event loop. */
    @Override
    public void start() {
        vertx.eventBus().<String>consumer(MESSAGE, message -> writeToAll(message.body()));
        vertx.createHttpServer()
                .webSocketHandler(this::open)
                .requestHandler(this::publish)
                .listen(port)
                .onFailure(Throwable::printStackTrace);
    }

    private void open(ServerWebSocket socket) {
        sockets.add(socket);
        socket.closeHandler(closed -> sockets.remove(socket));
    }

    private void publish(HttpServerRequest request) {
        request.bodyHandler(body -> {
            vertx.eventBus().publish(MESSAGE, body.toString());
            request.response().end();
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // That it fails shows by what does not arrive.
    private void writeToAll(String text) {
        sockets.forEach(socket -> socket.writeTextMessage(text));
    }
}
