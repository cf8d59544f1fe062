package dev.stagedoor.realtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.metrics.Upkeep;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes what is to be published, and reads what may not have been. */
@ApplicationScoped
class OutboxStore {

    /**
     * Growing the offset locks the topic until the commit: events are committed in the order of their offsets. Topics are
     * locked in the order of their names, so that no two transactions wait for each other.
     */
    private static final String APPEND = """
            WITH event AS (
                SELECT e.*,
                       row_number() OVER (PARTITION BY e.topic ORDER BY e.position) AS nth,
                       count(*) OVER (PARTITION BY e.topic) AS of_topic
                FROM unnest(CAST($1 AS text[]), CAST($2 AS text[]), CAST($3 AS text[]), CAST($4 AS text[]), CAST($5 AS text[]))
                    WITH ORDINALITY AS e (topic, name, data, except_socket, invalidates, position)
            ), grown AS (
                INSERT INTO topic AS t (name, last_offset)
                SELECT topic, count(*) FROM event GROUP BY topic ORDER BY topic
                ON CONFLICT (name) DO UPDATE SET last_offset = t.last_offset + excluded.last_offset, used_at = now()
                RETURNING name, epoch, last_offset
            )
            INSERT INTO outbox (topic, epoch, topic_offset, name, data, except_socket, invalidates)
            SELECT e.topic, g.epoch, g.last_offset - e.of_topic + e.nth, e.name, e.data, e.except_socket, e.invalidates
            FROM event e JOIN grown g ON g.name = e.topic
            RETURNING topic, epoch, topic_offset
            """;

    private static final String APPEND_IN_SESSION = APPEND.replace('$', '?');

    private static final String RECENT = Upkeep.MARK + """
            SELECT topic, epoch, max(topic_offset) AS topic_offset
            FROM outbox
            WHERE created_at > now() - make_interval(secs => $1)
            GROUP BY topic, epoch
            """;

    /** Of cache channels events are kept longer. */
    private static final String PRUNE = Upkeep.MARK + """
            DELETE FROM outbox
            WHERE ctid = ANY (ARRAY(
                SELECT ctid
                FROM outbox
                WHERE created_at < now() - make_interval(secs => $1)
                  AND (created_at < now() - make_interval(secs => $2)
                       OR topic !~ '(^|:)(private-|presence-|private-encrypted-)?cache-')
                ORDER BY created_at
                LIMIT 10000))
            """;

    private static final String PRUNE_TOPICS = Upkeep.MARK + """
            DELETE FROM topic t
            WHERE used_at < now() - make_interval(secs => $1)
              AND members = 0
              AND NOT EXISTS (SELECT FROM outbox o WHERE o.topic = t.name)
            """;

    private final Pool pool;
    private final ObjectMapper mapper;

    OutboxStore(Pool pool, ObjectMapper mapper) {
        this.pool = pool;
        this.mapper = mapper;
    }

    /** Within a transaction of Panache. */
    Uni<List<Publication>> append(List<Event> events) {
        Columns columns = new Columns(events, this::data);
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(APPEND_IN_SESSION, Object[].class)
                        .setParameter(1, columns.topics)
                        .setParameter(2, columns.names)
                        .setParameter(3, columns.data)
                        .setParameter(4, columns.exceptSockets)
                        .setParameter(5, columns.invalidates)
                        .getResultList())
                .map(rows -> publications(
                        events,
                        columns,
                        rows,
                        row -> (String) row[0],
                        row -> new Position(((Number) row[1]).longValue(), ((Number) row[2]).longValue())));
    }

    Uni<List<Publication>> append(Transaction transaction, List<Event> events) {
        Columns columns = new Columns(events, this::data);
        return transaction.execute(APPEND, columns.tuple()).map(rows -> publications(events, columns, rows));
    }

    /** In a transaction of its own. */
    Uni<List<Publication>> appendAlone(List<Event> events) {
        Columns columns = new Columns(events, this::data);
        return pool.preparedQuery(APPEND).execute(columns.tuple()).map(rows -> publications(events, columns, rows));
    }

    /** The events, as the parameters of the statement. */
    private static final class Columns {
        private final String[] topics;
        private final String[] names;
        private final String[] data;
        private final String[] exceptSockets;
        private final String[] invalidates;

        Columns(List<Event> events, Function<Event, String> encode) {
            this.topics = column(events, Event::topic);
            this.names = column(events, Event::name);
            this.data = column(events, encode);
            this.exceptSockets = column(events, Event::exceptSocket);
            this.invalidates = column(events, event -> String.join(" ", event.invalidates()));
        }

        private static String[] column(List<Event> events, Function<Event, String> value) {
            return events.stream().map(value).toArray(String[]::new);
        }

        Tuple tuple() {
            return Tuple.of(topics, names, data, exceptSockets, invalidates);
        }
    }

    private String data(Event event) {
        if (event.data() instanceof String text) {
            return text;
        }
        ObjectNode node = mapper.valueToTree(event.data());
        ArrayNode keys = node.putArray("invalidates");
        event.invalidates().forEach(keys::add);
        try {
            return mapper.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Publication> publications(List<Event> events, Columns columns, RowSet<Row> rows) {
        return publications(
                events,
                columns,
                rows.stream().toList(),
                row -> row.getString("topic"),
                row -> new Position(row.getLong("epoch"), row.getLong("topic_offset")));
    }

    /** The events of a topic have its offsets in the order in which they were given. */
    private static <R> List<Publication> publications(
            List<Event> events,
            Columns columns,
            Collection<R> rows,
            Function<R, String> topic,
            Function<R, Position> position) {
        Map<String, Deque<Position>> positions = new HashMap<>();
        rows.stream()
                .sorted((one, other) -> Long.compare(
                        position.apply(one).offset(), position.apply(other).offset()))
                .forEach(row -> positions
                        .computeIfAbsent(topic.apply(row), key -> new ArrayDeque<>())
                        .add(position.apply(row)));
        List<Publication> publications = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            publications.add(new Publication(
                    event.topic(),
                    positions.get(event.topic()).remove(),
                    event.name(),
                    columns.data[i],
                    event.exceptSocket(),
                    event.invalidates()));
        }
        return publications;
    }

    /** Where topics were last, that something was written to within this time. */
    Uni<Map<String, Position>> recent(Duration window) {
        return pool.preparedQuery(RECENT).execute(Tuple.of(seconds(window))).map(rows -> {
            Map<String, Position> positions = new HashMap<>();
            rows.forEach(row -> positions.put(
                    row.getString("topic"), new Position(row.getLong("epoch"), row.getLong("topic_offset"))));
            return positions;
        });
    }

    /** Emits how many rows went. */
    Uni<Integer> prune(Duration retention) {
        return pool.preparedQuery(PRUNE)
                .execute(Tuple.of(seconds(retention), seconds(Latest.RETENTION)))
                .map(rows -> rows.rowCount());
    }

    Uni<Integer> pruneTopics(Duration idle) {
        return pool.preparedQuery(PRUNE_TOPICS).execute(Tuple.of(seconds(idle))).map(rows -> rows.rowCount());
    }

    private static Double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
