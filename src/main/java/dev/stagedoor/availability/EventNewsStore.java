package dev.stagedoor.availability;

import dev.stagedoor.platform.db.Reads;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.metrics.Upkeep;
import io.smallrye.mutiny.Uni;
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

    private static final String ALL_ANSWERED = "UPDATE group_event SET all_answered_at = $2 WHERE id = $1";

    static final String LEFT_ALL_ANSWERED = Upkeep.MARK + """
            SELECT id, token, all_answered_at
            FROM group_event
            WHERE all_answered_at > $1
            ORDER BY all_answered_at
            LIMIT $2
            """;

    static final String TOLD_ALL_ANSWERED = Upkeep.MARK + """
            UPDATE group_event e
            SET all_answered_at = NULL
            FROM unnest(CAST($1 AS uuid[]), CAST($2 AS timestamptz[])) AS told (id, all_answered_at)
            WHERE e.id = told.id AND e.all_answered_at = told.all_answered_at
            """;

    private final Reads reads;

    EventNewsStore(Reads reads) {
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

    /** What a webhook has not said yet of what happened since a time, the oldest first. */
    Uni<List<AllAnswered>> leftAllAnswered(Transaction transaction, Instant since, int limit) {
        return transaction
                .execute(LEFT_ALL_ANSWERED, Tuple.of(GroupEventRows.utc(since), limit))
                .map(rows -> rows.stream()
                        .map(row -> new AllAnswered(
                                row.getUUID("id"), row.getString("token"), Reads.instant(row, "all_answered_at")))
                        .toList());
    }

    /** These are said; what came meanwhile is not. */
    Uni<Void> toldAllAnswered(Transaction transaction, List<AllAnswered> told) {
        Tuple parameters = Tuple.tuple()
                .addArrayOfUUID(told.stream().map(AllAnswered::id).toArray(UUID[]::new))
                .addArrayOfOffsetDateTime(told.stream()
                        .map(each -> GroupEventRows.utc(each.at()))
                        .toArray(java.time.OffsetDateTime[]::new));
        return transaction.execute(TOLD_ALL_ANSWERED, parameters).replaceWithVoid();
    }
}
