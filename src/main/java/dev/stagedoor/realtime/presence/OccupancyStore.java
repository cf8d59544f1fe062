package dev.stagedoor.realtime.presence;

import dev.stagedoor.platform.db.Reads;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.db.Transactions;
import dev.stagedoor.realtime.presence.Occupancy.Change;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Writes and reads how many listen to topics. */
@ApplicationScoped
class OccupancyStore {

    /**
     * A lock is for a 256th of all topics: there are not more for a transaction to take, in order, so that no two
     * transactions wait for each other.
     */
    private static final String LOCK = """
            SELECT count(pg_advisory_xact_lock(5, part))
            FROM (
                SELECT DISTINCT (hashtextextended(topic, 0) & 255)::integer AS part
                FROM unnest($1::text[]) AS topic
                ORDER BY part
            ) parts
            """;

    /** Under the locks, so that what other nodes wrote is seen. Without a number, the node's row goes. */
    private static final String WRITE = """
            WITH wanted AS (
                SELECT * FROM unnest($2::text[], $3::integer[]) AS w (topic, subscribers)
            ), kept AS (
                INSERT INTO occupancy AS o (topic, node_id, subscribers)
                SELECT topic, $1, subscribers FROM wanted WHERE subscribers IS NOT NULL
                ON CONFLICT (topic, node_id) DO UPDATE SET subscribers = excluded.subscribers
                WHERE o.subscribers <> excluded.subscribers
            ), gone AS (
                DELETE FROM occupancy o
                USING wanted w
                WHERE w.subscribers IS NULL AND o.topic = w.topic AND o.node_id = $1
            )
            SELECT w.topic,
                   b.subscribers AS before,
                   b.elsewhere + coalesce(w.subscribers, 0) AS now,
                   b.nodes > 0 AS was_occupied,
                   b.nodes_elsewhere > 0 OR w.subscribers IS NOT NULL AS is_occupied
            FROM wanted w
            CROSS JOIN LATERAL (
                SELECT count(*) AS nodes,
                       count(*) FILTER (WHERE node_id <> $1) AS nodes_elsewhere,
                       coalesce(sum(o.subscribers), 0)::integer AS subscribers,
                       coalesce(sum(o.subscribers) FILTER (WHERE node_id <> $1), 0)::integer AS elsewhere
                FROM occupancy o
                WHERE o.topic = w.topic
            ) b
            """;

    private static final String OF_NODE = "SELECT topic FROM occupancy WHERE node_id = $1";

    private static final String COUNTS = """
            SELECT topic, sum(subscribers)::integer AS subscribers
            FROM occupancy
            WHERE topic = ANY($1)
            GROUP BY topic
            HAVING sum(subscribers) > 0
            """;

    private static final String BEGINNING_WITH = """
            SELECT topic, sum(subscribers)::integer AS subscribers
            FROM occupancy
            WHERE topic >= $1 AND topic < $2
            GROUP BY topic
            HAVING sum(subscribers) > 0
            """;

    /** After every other that a text can go on with. */
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private final Transactions transactions;
    private final Reads reads;

    OccupancyStore(Transactions transactions, Reads reads) {
        this.transactions = transactions;
        this.reads = reads;
    }

    /**
     * What a node has of a topic.
     *
     * @param subscribers null where it has nothing to do with it any more
     */
    record Count(String topic, Integer subscribers) {}

    /** Emits what the topics have come to. */
    Uni<List<Change>> write(UUID nodeId, List<Count> counts) {
        return transactions.run(transaction -> write(transaction, nodeId, counts));
    }

    private static Uni<List<Change>> write(Transaction transaction, UUID nodeId, List<Count> counts) {
        String[] topics = counts.stream().map(Count::topic).toArray(String[]::new);
        Integer[] subscribers = counts.stream().map(Count::subscribers).toArray(Integer[]::new);
        return transaction
                .execute(LOCK, Tuple.of((Object) topics))
                .chain(locked -> transaction.execute(WRITE, Tuple.of(nodeId, topics, subscribers)))
                .map(rows -> rows.stream().map(OccupancyStore::change).toList());
    }

    private static Change change(Row row) {
        return new Change(
                row.getString("topic"),
                row.getInteger("before"),
                row.getInteger("now"),
                row.getBoolean("was_occupied"),
                row.getBoolean("is_occupied"));
    }

    /** Removes all that a node has; emits what its topics have come to. */
    Uni<List<Change>> remove(Transaction transaction, UUID nodeId) {
        return transaction
                .execute(OF_NODE, Tuple.of(nodeId))
                .map(rows -> rows.stream()
                        .map(row -> new Count(row.getString("topic"), null))
                        .toList())
                .chain(counts ->
                        counts.isEmpty() ? Uni.createFrom().item(List.of()) : write(transaction, nodeId, counts));
    }

    Uni<Map<String, Integer>> counts(Collection<String> topics) {
        return counts(COUNTS, Tuple.of((Object) topics.toArray(String[]::new)));
    }

    Uni<Map<String, Integer>> countsOfPrefix(String prefix) {
        return counts(BEGINNING_WITH, Tuple.of(prefix, prefix + LAST));
    }

    private Uni<Map<String, Integer>> counts(String query, Tuple parameters) {
        return reads.list(query, parameters, row -> row)
                .map(rows -> rows.stream()
                        .collect(
                                Collectors.toMap(row -> row.getString("topic"), row -> row.getInteger("subscribers"))));
    }
}
