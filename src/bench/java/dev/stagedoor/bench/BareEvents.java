package dev.stagedoor.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * The baseline of group events: a Vert.x server that reads the event and all answers by a statement for every request, and
 * then writes bytes that it had before. It makes nothing of the answers: no counts, no best times, no JSON.
 *
 * <p>Arguments: port, database URL, statement, token, people of the event, file of the body.
 */
public final class BareEvents extends AbstractVerticle {

    /** As the program has it. */
    private static final int MAX_CONNECTIONS = 20;

    private final int port;
    private final Pool pool;
    private final Event event;

    private BareEvents(int port, Pool pool, Event event) {
        this.port = port;
        this.pool = pool;
        this.event = event;
    }

    private record Event(String statement, Buffer tokenHash, int people, Buffer body) {}

    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        int port = Integer.parseInt(arguments[0]);
        byte[] token = arguments[3].getBytes(StandardCharsets.US_ASCII);
        Event event = new Event(
                arguments[2],
                Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(token)),
                Integer.parseInt(arguments[4]),
                Buffer.buffer(Files.readAllBytes(Path.of(arguments[5]))));
        Vertx vertx = Vertx.vertx();
        Pool pool = PgBuilder.pool()
                .using(vertx)
                .connectingTo(PgConnectOptions.fromUri(arguments[1]).setCachePreparedStatements(true))
                .with(new PoolOptions().setMaxSize(MAX_CONNECTIONS))
                .build();
        vertx.deployVerticle(
                        () -> new BareEvents(port, pool, event),
                        new DeploymentOptions().setInstances(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE))
                .onFailure(Throwable::printStackTrace);
    }

    @Override
    public void start() {
        vertx.createHttpServer().requestHandler(this::answer).listen(port).onFailure(Throwable::printStackTrace);
    }

    private void answer(HttpServerRequest request) {
        pool.preparedQuery(event.statement())
                .execute(Tuple.of(event.tokenHash(), OffsetDateTime.now(ZoneOffset.UTC)))
                .map(this::body)
                .onSuccess(body -> request.response()
                        .putHeader("Content-Type", "application/json;charset=UTF-8")
                        .end(body))
                .onFailure(failure -> request.response().setStatusCode(500).end(failure.toString()));
    }

    private Buffer body(RowSet<Row> rows) {
        int people = rows.iterator().next().getArrayOfUUIDs("ids").length;
        if (people != event.people()) {
            throw new IllegalStateException("The event has " + people + " people");
        }
        return event.body();
    }
}
