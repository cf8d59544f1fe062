package dev.stagedoor.availability;

import dev.stagedoor.platform.db.Reads;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.metrics.Upkeep;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Remembers of events what nobody was told of yet. */
@ApplicationScoped
class EventNewsStore {

    static final String CHANGED = """
            UPDATE group_event
            SET has_news = told_at > $3, told_at = CASE WHEN told_at > $3 THEN told_at ELSE $2 END
            WHERE id = $1
            RETURNING has_news
            """;

    static final String TAKE = """
            UPDATE group_event SET has_news = false, told_at = $2 WHERE id = $1 AND has_news RETURNING token
            """;

    static final String LEFT = Upkeep.MARK + """
            SELECT id FROM group_event WHERE has_news AND told_at < $1 ORDER BY told_at LIMIT $2
            """;

    private static final String ALL_ANSWERED =
            "UPDATE group_event SET all_answered_at = $2, next_webhook_at = $2 WHERE id = $1";

    /** What is tried now is tried again after a while, which is twice as long each time. */
    static final String CLAIM_ALL_ANSWERED = Upkeep.MARK + """
            UPDATE group_event
            SET next_webhook_at = CAST($1 AS timestamptz)
                + greatest(interval '15 seconds', CAST($1 AS timestamptz) - all_answered_at)
            WHERE id IN (
                SELECT id
                FROM group_event
                WHERE all_answered_at IS NOT NULL AND next_webhook_at <= $1 AND all_answered_at > $2
                ORDER BY next_webhook_at
                LIMIT $3
                FOR NO KEY UPDATE SKIP LOCKED
            )
            RETURNING id, token, all_answered_at
            """;

    static final String TOLD_ALL_ANSWERED = Upkeep.MARK + """
            UPDATE group_event e
            SET all_answered_at = NULL
            FROM unnest(CAST($1 AS uuid[]), CAST($2 AS timestamptz[])) AS told (id, all_answered_at)
            WHERE e.id = told.id AND e.all_answered_at = told.all_answered_at
            """;

    private final Pool pool;
    private final Reads reads;

    EventNewsStore(Pool pool, Reads reads) {
        this.pool = pool;
        this.reads = reads;
    }

    /** An event that all have answered, which a webhook is to say. */
    record AllAnswered(UUID id, String token, Instant at) {}

    /** Notes a change of an event that is locked; emits whether it is told of later, as one was a moment ago. */
    Uni<Boolean> changed(Transaction transaction, UUID eventId, Instant now, Duration pause) {
        Tuple parameters = Tuple.of(eventId, GroupEventRows.utc(now), GroupEventRows.utc(now.minus(pause)));
        return transaction
                .execute(CHANGED, parameters)
                .map(rows -> rows.iterator().next().getBoolean("has_news"));
    }

    /** Emits the token of an event that has news, which has none any more; null where another took them. */
    Uni<String> take(Transaction transaction, UUID eventId, Instant now) {
        return transaction
                .execute(TAKE, Tuple.of(eventId, GroupEventRows.utc(now)))
                .map(EventNewsStore::token);
    }

    private static String token(RowSet<Row> rows) {
        return rows.size() == 0 ? null : rows.iterator().next().getString("token");
    }

    /** Events with news that were last told of before this, the oldest first. */
    Uni<List<UUID>> left(Instant toldBefore, int limit) {
        return reads.list(LEFT, Tuple.of(GroupEventRows.utc(toldBefore), limit), row -> row.getUUID("id"));
    }

    Uni<Void> allAnswered(Transaction transaction, UUID eventId, Instant now) {
        return transaction
                .execute(ALL_ANSWERED, Tuple.of(eventId, GroupEventRows.utc(now)))
                .replaceWithVoid();
    }

    /** Emits some of what a webhook is to say now, of what happened since a time; others do not try it meanwhile. */
    Uni<List<AllAnswered>> claimAllAnswered(Instant now, Instant since, int limit) {
        return pool.preparedQuery(CLAIM_ALL_ANSWERED)
                .execute(Tuple.of(GroupEventRows.utc(now), GroupEventRows.utc(since), limit))
                .map(rows -> rows.stream()
                        .map(row -> new AllAnswered(
                                row.getUUID("id"), row.getString("token"), Reads.instant(row, "all_answered_at")))
                        .toList());
    }

    /** These are said; what came meanwhile is not. */
    Uni<Void> toldAllAnswered(List<AllAnswered> told) {
        Tuple parameters = Tuple.tuple()
                .addArrayOfUUID(told.stream().map(AllAnswered::id).toArray(UUID[]::new))
                .addArrayOfOffsetDateTime(
                        GroupEventRows.utc(told.stream().map(AllAnswered::at).toList()));
        return pool.preparedQuery(TOLD_ALL_ANSWERED).execute(parameters).replaceWithVoid();
    }
}
