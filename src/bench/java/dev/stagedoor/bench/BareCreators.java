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
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * The baselines of the page of creators: a Vert.x server that answers every request with the rows of a statement as JSON, and
 * does nothing else; or with what it counts itself, by another query for each row.
 *
 * <p>Arguments: port, database URL, statement of the page, cursor of the next page, whether to count.
 */
public final class BareCreators extends AbstractVerticle {

    /** As the program has it. */
    private static final int MAX_CONNECTIONS = 20;

    private static final int MAX_STATEMENT = 16_384;
    private static final int LIMIT = 50;
    private static final int BODY_BYTES = 64 * 1024;
    private static final Tuple FIRST_PAGE = Tuple.of(Double.POSITIVE_INFINITY, new UUID(-1, -1), LIMIT + 1);

    private static final String SESSIONS = """
            SELECT s.status, r.stars
            FROM creator_session s LEFT JOIN session_rating r ON r.session_id = s.id
            WHERE s.creator_id = $1
            """;

    private static final JsonFactory JSON = new JsonFactory();

    private final int port;
    private final Pool pool;
    private final String page;
    private final String next;
    private final boolean counts;

    private BareCreators(int port, Pool pool, String page, String next, boolean counts) {
        this.port = port;
        this.pool = pool;
        this.page = page;
        this.next = next;
        this.counts = counts;
    }

    /** A creator, and what was counted of the sessions. */
    private record Counted(Row row, int sessions, int ratings, long stars) {

        static Counted kept(Row row) {
            return new Counted(
                    row, row.getInteger("session_count"), row.getInteger("rating_count"), row.getLong("rating_sum"));
        }

        static Counted of(Row row, RowSet<Row> sessions) {
            int completed = 0;
            int ratings = 0;
            long stars = 0;
            for (Row session : sessions) {
                completed += session.getString(0).equals("completed") ? 1 : 0;
                if (session.getInteger(1) != null) {
                    ratings++;
                    stars += session.getInteger(1);
                }
            }
            return new Counted(row, completed, ratings, stars);
        }
    }

    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        Vertx vertx = Vertx.vertx();
        Pool pool = PgBuilder.pool()
                .using(vertx)
                .connectingTo(PgConnectOptions.fromUri(arguments[1])
                        .setCachePreparedStatements(true)
                        .setPreparedStatementCacheSqlLimit(MAX_STATEMENT))
                .with(new PoolOptions().setMaxSize(MAX_CONNECTIONS))
                .build();
        vertx.deployVerticle(
                        () -> new BareCreators(
                                port, pool, arguments[2], arguments[3], Boolean.parseBoolean(arguments[4])),
                        new DeploymentOptions().setInstances(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE))
                .onFailure(Throwable::printStackTrace);
    }

    @Override
    public void start() {
        vertx.createHttpServer().requestHandler(this::answer).listen(port).onFailure(Throwable::printStackTrace);
    }

    private void answer(HttpServerRequest request) {
        pool.preparedQuery(page)
                .execute(FIRST_PAGE)
                .compose(this::counted)
                .map(this::json)
                .onSuccess(body -> request.response()
                        .putHeader("Content-Type", "application/json;charset=UTF-8")
                        .end(Buffer.buffer(body)))
                .onFailure(failure -> request.response().setStatusCode(500).end(failure.toString()));
    }

    private Future<List<Counted>> counted(RowSet<Row> rows) {
        Future<List<Counted>> all = Future.succeededFuture(new ArrayList<>());
        int left = LIMIT;
        for (Row row : rows) {
            if (left-- > 0) {
                all = all.compose(before -> counted(row).map(counted -> with(before, counted)));
            }
        }
        return all;
    }

    private Future<Counted> counted(Row row) {
        return counts
                ? pool.preparedQuery(SESSIONS)
                        .execute(Tuple.of(row.getUUID("id")))
                        .map(sessions -> Counted.of(row, sessions))
                : Future.succeededFuture(Counted.kept(row));
    }

    private static List<Counted> with(List<Counted> before, Counted counted) {
        before.add(counted);
        return before;
    }

    private byte[] json(List<Counted> creators) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(BODY_BYTES);
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartObject();
            json.writeArrayFieldStart("data");
            for (Counted creator : creators) {
                writeCreator(json, creator);
            }
            json.writeEndArray();
            json.writeStringField("next", next);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return body.toByteArray();
    }

    /** Fields in the order of the program's answer. */
    private static void writeCreator(JsonGenerator json, Counted creator) throws IOException {
        Row row = creator.row();
        json.writeStartObject();
        json.writeStringField("id", row.getUUID("id").toString());
        json.writeStringField("username", row.getString("username"));
        json.writeStringField("displayName", row.getString("display_name"));
        json.writeStringField("headline", row.getString("headline"));
        json.writeStringField("bio", row.getString("bio"));
        writeTexts(json, "categories", row.getArrayOfStrings("categories"));
        writeTexts(json, "languages", row.getArrayOfStrings("languages"));
        json.writeNumberField("priceTokens", row.getLong("price_tokens"));
        json.writeNullField("pricePerMinuteTokens");
        json.writeNumberField("sessionMinutes", row.getInteger("session_minutes"));
        json.writeStringField("timeZone", row.getString("time_zone"));
        writeHours(json, row);
        json.writeNumberField("sessionCount", creator.sessions());
        json.writeNumberField("ratingCount", creator.ratings());
        json.writeNumberField("avgRating", (double) creator.stars() / creator.ratings());
        json.writeNumberField("version", row.getInteger("version"));
        json.writeEndObject();
    }

    private static void writeTexts(JsonGenerator json, String field, String[] texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void writeHours(JsonGenerator json, Row row) throws IOException {
        Integer[] days = row.getArrayOfIntegers("days");
        Integer[] from = row.getArrayOfIntegers("day_from");
        Integer[] to = row.getArrayOfIntegers("day_to");
        json.writeArrayFieldStart("weeklyHours");
        for (int i = 0; i < days.length; i++) {
            json.writeStartObject();
            json.writeStringField("day", DayOfWeek.of(days[i]).name().toLowerCase(Locale.ROOT));
            json.writeStringField("from", clock(from[i]));
            json.writeStringField("to", clock(to[i]));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String clock(int minute) {
        return twoDigits(minute / 60) + ":" + twoDigits(minute % 60);
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
