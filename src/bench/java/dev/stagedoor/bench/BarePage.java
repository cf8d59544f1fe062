package dev.stagedoor.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The baseline of the messages page: a Vert.x server that answers every request with the rows of a statement as JSON,
 * after another that says whether the reader may, and does nothing else. No routing, no identity, no entity tag.
 *
 * <p>Arguments: port, database URL, statement of the page, statement of the access, channel id, user id.
 */
public final class BarePage extends AbstractVerticle {

    /** As the program has it. */
    private static final int MAX_CONNECTIONS = 20;

    private static final int LIMIT = 50;
    private static final int BODY_BYTES = 16 * 1024;

    private static final JsonFactory JSON = new JsonFactory();

    private final int port;
    private final Pool pool;
    private final Query page;
    private final Query access;

    private BarePage(int port, Pool pool, Query page, Query access) {
        this.port = port;
        this.pool = pool;
        this.page = page;
        this.access = access;
    }

    private record Query(String statement, Tuple parameters) {}

    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        UUID channelId = UUID.fromString(arguments[4]);
        Query page = new Query(arguments[2], Tuple.of(channelId, Long.MAX_VALUE, LIMIT + 1));
        Query access = new Query(arguments[3], Tuple.of(channelId, UUID.fromString(arguments[5])));
        Vertx vertx = Vertx.vertx();
        Pool pool = PgBuilder.pool()
                .using(vertx)
                .connectingTo(PgConnectOptions.fromUri(arguments[1]).setCachePreparedStatements(true))
                .with(new PoolOptions().setMaxSize(MAX_CONNECTIONS))
                .build();
        vertx.deployVerticle(
                        () -> new BarePage(port, pool, page, access),
                        new DeploymentOptions().setInstances(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE))
                .onFailure(Throwable::printStackTrace);
    }

    @Override
    public void start() {
        vertx.createHttpServer().requestHandler(this::answer).listen(port).onFailure(Throwable::printStackTrace);
    }

    private void answer(HttpServerRequest request) {
        read(access)
                .compose(granted -> read(page))
                .map(BarePage::json)
                .onSuccess(body -> request.response()
                        .putHeader("Content-Type", "application/json;charset=UTF-8")
                        .end(Buffer.buffer(body)))
                .onFailure(failure -> request.response().setStatusCode(500).end(failure.toString()));
    }

    private Future<RowSet<Row>> read(Query query) {
        return pool.preparedQuery(query.statement()).execute(query.parameters());
    }

    private static byte[] json(RowSet<Row> newestFirst) {
        List<Row> rows = new ArrayList<>(newestFirst.size());
        newestFirst.forEach(rows::add);
        boolean more = rows.size() > LIMIT;
        ByteArrayOutputStream body = new ByteArrayOutputStream(BODY_BYTES);
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartObject();
            json.writeArrayFieldStart("data");
            for (int i = Math.min(rows.size(), LIMIT) - 1; i >= 0; i--) {
                writeMessage(json, rows.get(i));
            }
            json.writeEndArray();
            json.writeStringField("next", more ? rows.get(LIMIT - 1).getLong(2).toString() : null);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return body.toByteArray();
    }

    /** Columns by their place, in the order of the statement; fields in the order of the program's answer. */
    private static void writeMessage(JsonGenerator json, Row row) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", row.getUUID(0).toString());
        json.writeStringField("channelId", row.getUUID(1).toString());
        json.writeNumberField("seq", row.getLong(2));
        json.writeStringField("text", row.getString(3));
        json.writeStringField("sentAt", row.getOffsetDateTime(4).toInstant().toString());
        json.writeObjectFieldStart("author");
        json.writeStringField("id", row.getUUID(6).toString());
        json.writeStringField("username", row.getString(7));
        json.writeStringField("displayName", row.getString(8));
        json.writeEndObject();
        json.writeStringField("clientId", row.getString(5));
        json.writeEndObject();
    }
}
