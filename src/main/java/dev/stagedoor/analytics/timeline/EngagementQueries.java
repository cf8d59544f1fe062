package dev.stagedoor.analytics.timeline;

import dev.stagedoor.platform.db.Reads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Counts messages of channels. */
@ApplicationScoped
class EngagementQueries {

    /** For who is no member, and may not know of a channel, there is no row. */
    static final String COUNTS = """
            SELECT c.id, m.user_id IS NOT NULL AS is_member, counted.*
            FROM channel c
            LEFT JOIN membership m ON m.channel_id = c.id AND m.user_id = $2
            LEFT JOIN LATERAL (
                SELECT width_bucket(g.sent_at, $3::timestamptz[]) - 1 AS place,
                       count(*) AS messages, count(DISTINCT g.author_id) AS chatters
                FROM message g
                WHERE g.channel_id = c.id AND g.sent_at >= $4 AND g.sent_at < $5
                GROUP BY 1
            ) counted ON m.user_id IS NOT NULL
            WHERE c.id = $1 AND (c.visibility = 'public' OR m.user_id IS NOT NULL)
            """;

    private final Reads reads;

    EngagementQueries(Reads reads) {
        this.reads = reads;
    }

    /** What was counted in one bucket; {@code place} from 0. */
    record Counted(int place, long messages, long chatters) {}

    /** What is known of a channel: of who is no member, nothing. */
    record Found(boolean isMember, List<Counted> counted) {}

    /**
     * Emits null where there is no such channel for this user.
     *
     * @param bounds where the buckets begin, and last, where the last one ends
     */
    Uni<Found> find(UUID channelId, UUID userId, List<Instant> bounds) {
        OffsetDateTime[] starts = bounds.stream()
                .limit(bounds.size() - 1L)
                .map(start -> start.atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
        OffsetDateTime end = bounds.get(bounds.size() - 1).atOffset(ZoneOffset.UTC);
        return reads.list(COUNTS, Tuple.of(channelId, userId, starts, starts[0], end), row -> row)
                .map(EngagementQueries::found);
    }

    private static Found found(List<Row> rows) {
        if (rows.isEmpty()) {
            return null;
        }
        return new Found(
                rows.get(0).getBoolean("is_member"),
                rows.stream()
                        .filter(row -> row.getValue("place") != null)
                        .map(row ->
                                new Counted(row.getInteger("place"), row.getLong("messages"), row.getLong("chatters")))
                        .toList());
    }
}
