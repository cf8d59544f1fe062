package dev.stagedoor.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The baseline of an answer from the cache: a Vert.x server that answers every request with the same headers and bytes,
 * and does nothing else. No routing, no identity.
 *
 * <p>Arguments: port, file of headers ({@code name: value} in each line), file of the body.
 */
public final class BareBytes extends AbstractVerticle {

    private final int port;
    private final List<String[]> headers;
    private final Buffer body;

    private BareBytes(int port, List<String[]> headers, Buffer body) {
        this.port = port;
        this.headers = headers;
        this.body = body;
    }

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        List<String[]> headers = Files.readAllLines(Path.of(arguments[1])).stream()
                .map(line -> line.split(": ", 2))
                .toList();
        Buffer body = Buffer.buffer(Files.readAllBytes(Path.of(arguments[2])));
        Vertx.vertx()
                .deployVerticle(
                        () -> new BareBytes(port, headers, body),
                        new DeploymentOptions().setInstances(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE))
                .onFailure(Throwable::printStackTrace);
    }

    @Override
    public void start() {
        vertx.createHttpServer().requestHandler(this::answer).listen(port).onFailure(Throwable::printStackTrace);
    }

    private void answer(HttpServerRequest request) {
        for (String[] header : headers) {
            request.response().putHeader(header[0], header[1]);
        }
        request.response().end(body);
    }
}
