package dev.stagedoor.realtime;

import dev.stagedoor.platform.db.Reads;
import dev.stagedoor.realtime.LiveTopic.Beginning;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads where topics are, and what was published to them. */
@ApplicationScoped
class HistoryStore {

    static final String COLUMNS = "topic, epoch, topic_offset, name, data, except_socket, invalidates";

    /** One snapshot of both: a member who comes later is a publication after this position. */
    private static final String BEGIN = """
            SELECT t.epoch, t.last_offset, p.user_id, p.info
            FROM topic t
            LEFT JOIN (
                SELECT DISTINCT ON (user_id) topic, user_id, info FROM presence WHERE topic = $1 ORDER BY user_id, node_id
            ) p ON p.topic = t.name
            WHERE t.name = $1
            """;

    private static final String POSITIONS = "SELECT name, epoch, last_offset FROM topic WHERE name = ANY($1)";

    private static final String MISSED = "SELECT " + COLUMNS + """
             FROM outbox
            WHERE topic = $1
              AND epoch = $2
              AND topic_offset > $3
            ORDER BY topic_offset
            LIMIT $4
            """;

    /** What cache channels give who comes; the events of the topic itself are none for clients. */
    private static final String LATEST = "SELECT " + COLUMNS + """
            , extract(epoch FROM now() - created_at)::double precision AS age
            FROM outbox
            WHERE topic = $1
              AND NOT starts_with(name, 'pusher_internal:')
              AND created_at > now() - make_interval(secs => $2)
            ORDER BY epoch DESC, topic_offset DESC
            LIMIT 1
            """;

    private final Reads reads;

    HistoryStore(Reads reads) {
        this.reads = reads;
    }

    Uni<Beginning> begin(String topic) {
        return reads.list(BEGIN, Tuple.of(topic), row -> row).map(HistoryStore::beginning);
    }

    private static Beginning beginning(List<Row> rows) {
        if (rows.isEmpty()) {
            return new Beginning(Position.START, List.of());
        }
        Row first = rows.get(0);
        return new Beginning(
                new Position(first.getLong("epoch"), first.getLong("last_offset")),
                rows.stream()
                        .filter(row -> row.getString("user_id") != null)
                        .map(row -> new Member(row.getString("user_id"), row.getString("info")))
                        .toList());
    }

    /** Of topics without any event there is none. */
    Uni<Map<String, Position>> positions(Collection<String> topics) {
        return reads.list(POSITIONS, Tuple.of(topics.toArray(String[]::new)), row -> row)
                .map(rows -> rows.stream()
                        .collect(Collectors.toMap(
                                row -> row.getString("name"),
                                row -> new Position(row.getLong("epoch"), row.getLong("last_offset")))));
    }

    /** What came after this position, in order. */
    Uni<List<Publication>> missed(String topic, Position after, int limit) {
        return reads.list(MISSED, Tuple.of(topic, after.epoch(), after.offset(), limit), HistoryStore::publication);
    }

    /** The last that servers published within this time; emits null where there is none. */
    Uni<Latest> latest(String topic, Duration retention) {
        return reads.first(
                LATEST,
                Tuple.of(topic, retention.toMillis() / 1000.0),
                row -> new Latest(publication(row), retention.minusMillis(Math.round(row.getDouble("age") * 1000))));
    }

    static Publication publication(Row row) {
        return new Publication(
                row.getString("topic"),
                new Position(row.getLong("epoch"), row.getLong("topic_offset")),
                row.getString("name"),
                row.getString("data"),
                row.getString("except_socket"),
                Publication.words(row.getString("invalidates")));
    }
}
