package dev.stagedoor.realtime.presence;

import dev.stagedoor.platform.db.Reads;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.presence.Presence.Change;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes and reads who is present. */
@ApplicationScoped
class PresenceStore {

    /** In the order of their names, so that no two transactions wait for each other. */
    private static final String LOCK_TOPICS = """
            INSERT INTO topic (name)
            SELECT DISTINCT name FROM unnest($1::text[]) AS name ORDER BY name
            ON CONFLICT (name) DO UPDATE SET used_at = now()
            """;

    /** Under the lock of the topics, so that what other nodes wrote is seen. */
    private static final String CHANGE = """
            WITH wanted AS (
                SELECT *
                FROM unnest($2::text[], $3::text[], $4::text[], $5::boolean[])
                    WITH ORDINALITY AS w (topic, user_id, info, is_present, position)
            ), came AS (
                INSERT INTO presence (topic, user_id, node_id, info)
                SELECT topic, user_id, $1, info FROM wanted WHERE is_present
                ON CONFLICT DO NOTHING
                RETURNING topic, user_id
            ), went AS (
                DELETE FROM presence p
                USING wanted w
                WHERE NOT w.is_present AND p.topic = w.topic AND p.user_id = w.user_id AND p.node_id = $1
                RETURNING p.topic, p.user_id
            ), changed AS (
                SELECT w.*, CASE WHEN w.is_present THEN 1 ELSE -1 END AS step
                FROM wanted w
                JOIN (SELECT * FROM came UNION ALL SELECT * FROM went) c USING (topic, user_id)
                WHERE NOT EXISTS (
                    SELECT FROM presence p WHERE p.topic = w.topic AND p.user_id = w.user_id AND p.node_id <> $1)
            ), counted AS (
                UPDATE topic t
                SET members = t.members + c.steps, members_version = t.members_version + c.changes
                FROM (SELECT topic, sum(step)::integer AS steps, count(*) AS changes FROM changed GROUP BY topic) c
                WHERE t.name = c.topic
                RETURNING t.name, t.members - c.steps AS members, t.members_version - c.changes AS version
            )
            SELECT c.topic, c.user_id, c.info, c.is_present,
                   b.members + sum(c.step) OVER so_far AS members,
                   b.version + row_number() OVER so_far AS version
            FROM changed c
            JOIN counted b ON b.name = c.topic
            WINDOW so_far AS (PARTITION BY c.topic ORDER BY c.position)
            ORDER BY c.position
            """;

    /** Someone came back where the event before says that he went, and that is not long ago. */
    private static final String IN_VAIN = """
            WITH asked AS (
                SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[]) AS a (topic, user_id, version)
            ), told AS (
                SELECT o.topic, d.user_id, d.version, o.name = $4 AS is_present, o.created_at
                FROM outbox o
                CROSS JOIN json_to_record(o.data::json) AS d (user_id text, version bigint)
                WHERE o.created_at > now() - 4 * make_interval(secs => $6)
                  AND o.topic IN (SELECT topic FROM asked)
                  AND o.name IN ($4, $5)
            )
            SELECT a.topic, a.version
            FROM asked a
            JOIN told t USING (topic, user_id, version)
            JOIN told o USING (topic, user_id)
            WHERE (t.is_present AND NOT o.is_present AND o.version < t.version
                   AND t.created_at - o.created_at < make_interval(secs => $6))
               OR (o.is_present AND NOT t.is_present AND t.version < o.version
                   AND o.created_at - t.created_at < make_interval(secs => $6))
            """;

    private static final String OF_NODE = "SELECT topic, user_id FROM presence WHERE node_id = $1";

    private static final String USERS = "SELECT DISTINCT user_id FROM presence WHERE topic = $1 ORDER BY user_id";

    private static final String COUNTS = "SELECT name, members FROM topic WHERE name = ANY($1) AND members > 0";

    private final Reads reads;

    PresenceStore(Reads reads) {
        this.reads = reads;
    }

    /** Emits what changed for all: who came who was on no node before, and who went who is on none. */
    Uni<List<Event>> change(Transaction transaction, UUID nodeId, List<Change> changes) {
        String[] topics = column(changes, Change::topic);
        Tuple wanted = Tuple.of(
                nodeId,
                topics,
                column(changes, Change::userId),
                column(changes, Change::info),
                changes.stream().map(Change::isPresent).toArray(Boolean[]::new));
        return transaction
                .execute(LOCK_TOPICS, Tuple.of((Object) topics))
                .chain(locked -> transaction.execute(CHANGE, wanted))
                .map(rows -> rows.stream().map(PresenceStore::event).toList());
    }

    private static String[] column(Collection<Change> changes, Function<Change, String> value) {
        return changes.stream().map(value).toArray(String[]::new);
    }

    private static Event event(Row row) {
        boolean isPresent = row.getBoolean("is_present");
        JsonObject data = new JsonObject().put("user_id", row.getString("user_id"));
        if (isPresent && row.getString("info") != null) {
            data.put("user_info", Json.decodeValue(row.getString("info")));
        }
        data.put("version", row.getLong("version")).put("count", row.getLong("members"));
        return new Event(
                row.getString("topic"), isPresent ? Presence.ADDED : Presence.REMOVED, data.encode(), null, List.of());
    }

    /** Of comings and goings of the last seconds, those that no coming back within this time makes void. */
    Uni<List<Event>> lasting(List<Event> changed, Duration grace) {
        List<JsonObject> data = changed.stream()
                .map(event -> new JsonObject((String) event.data()))
                .toList();
        Tuple asked = Tuple.of(
                changed.stream().map(Event::topic).toArray(String[]::new),
                data.stream().map(each -> each.getString("user_id")).toArray(String[]::new),
                data.stream().map(each -> each.getLong("version")).toArray(Long[]::new),
                Presence.ADDED,
                Presence.REMOVED,
                grace.toMillis() / 1000.0);
        return reads.list(IN_VAIN, asked, row -> new Told(row.getString("topic"), row.getLong("version")))
                .map(HashSet::new)
                .map(undone -> changed.stream()
                        .filter(event -> !undone.contains(Told.of(event)))
                        .toList());
    }

    /** A coming or going, of which a topic has one of a version. */
    private record Told(String topic, long version) {

        static Told of(Event event) {
            return new Told(event.topic(), new JsonObject((String) event.data()).getLong("version"));
        }
    }

    /** The going of all whom a node had. */
    Uni<List<Change>> goingOf(Transaction transaction, UUID nodeId) {
        return transaction
                .execute(OF_NODE, Tuple.of(nodeId))
                .map(rows -> rows.stream()
                        .map(row -> new Change(row.getString("topic"), row.getString("user_id"), null, false, null))
                        .toList());
    }

    Uni<List<String>> users(String topic) {
        return reads.list(USERS, Tuple.of(topic), row -> row.getString("user_id"));
    }

    Uni<Map<String, Integer>> counts(List<String> topics) {
        return reads.list(COUNTS, Tuple.of((Object) topics.toArray(String[]::new)), row -> row)
                .map(rows -> rows.stream()
                        .collect(Collectors.toMap(row -> row.getString("name"), row -> row.getInteger("members"))));
    }
}
