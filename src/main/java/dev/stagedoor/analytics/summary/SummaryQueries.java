package dev.stagedoor.analytics.summary;

import dev.stagedoor.analytics.Newest;
import dev.stagedoor.analytics.SumRows;
import dev.stagedoor.analytics.Sums;
import dev.stagedoor.analytics.summary.StatsView.LiveView;
import dev.stagedoor.platform.db.Reads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Adds up the sums of streams. */
@ApplicationScoped
class SummaryQueries {

    /** How far clocks may be apart. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final String TOTALS = """
            sum(d.viewer_millis)::bigint AS viewer_millis, sum(d.covered_millis)::bigint AS covered_millis,
            (array_agg(d.viewers_at_start ORDER BY d.start))[1] AS viewers_at_start,
            sum(d.samples)::integer AS samples, sum(d.viewer_sum)::bigint AS viewer_sum,
            (array_agg(d.peak_viewers ORDER BY d.peak_viewers DESC NULLS LAST, d.peak_at))[1] AS peak_viewers,
            (array_agg(d.peak_at ORDER BY d.peak_viewers DESC NULLS LAST, d.peak_at))[1] AS peak_at,
            sum(d.chat_messages)::bigint AS chat_messages, min(d.start) AS start
            """;

    static final String OF_STREAM = """
            SELECT s.id, s.title, s.owner_id, s.started_at, s.ended_at,
                   n.timestamp AS newest_at, n.viewer_count AS newest_viewers, t.*,
                   (SELECT coalesce(sum(messages), 0)::bigint FROM chat_hour c WHERE c.livestream_id = s.id) AS said
            FROM live_stream s
            LEFT JOIN newest_sample n ON n.livestream_id = s.id
            LEFT JOIN LATERAL (SELECT %s FROM day_sums d WHERE d.livestream_id = s.id) t ON true
            WHERE s.id = $1
            """.formatted(TOTALS);

    /** Streams that were live in some of the time, whole hours of it. */
    static final String OF_OWNER = """
            SELECT s.id, s.title, s.owner_id, s.started_at, s.ended_at,
                   n.timestamp AS newest_at, n.viewer_count AS newest_viewers, t.*, (
                       SELECT coalesce(sum(messages), 0)::bigint
                       FROM chat_hour c
                       WHERE c.livestream_id = s.id AND c.start >= $2 AND c.start < $3
                   ) AS said
            FROM live_stream s
            LEFT JOIN newest_sample n ON n.livestream_id = s.id
            LEFT JOIN LATERAL (
                SELECT %s FROM hour_sums d WHERE d.livestream_id = s.id AND d.start >= $2 AND d.start < $3
            ) t ON true
            WHERE s.owner_id = $1 AND s.started_at < $3 AND (s.ended_at > $2 OR s.ended_at IS NULL)
            ORDER BY s.started_at DESC, s.id DESC
            LIMIT $4
            """.formatted(TOTALS);

    /** Live streams, those with the most viewers first; the totals of all are on each row. */
    static final String NOW = """
            SELECT s.id, s.title, s.started_at, coalesce(n.viewer_count, 0) AS viewers,
                   count(*) OVER () AS live_streams, sum(coalesce(n.viewer_count, 0)) OVER ()::bigint AS all_viewers
            FROM live_stream s
            LEFT JOIN newest_sample n ON n.livestream_id = s.id AND n.timestamp > now() - make_interval(secs => $1)
                AND n.timestamp < now() + make_interval(secs => $3)
            WHERE s.live
            ORDER BY viewers DESC, s.started_at DESC, s.id DESC
            LIMIT $2
            """;

    private final Reads reads;

    SummaryQueries(Reads reads) {
        this.reads = reads;
    }

    /**
     * A stream and all of its sums, or those of some time.
     *
     * @param startedAt null where it has not begun
     * @param endedAt null where it has not ended
     * @param newest null where there is no sample
     */
    record Totals(UUID id, String title, UUID ownerId, Instant startedAt, Instant endedAt, Newest newest, Sums sums) {

        boolean isLive() {
            return startedAt != null && endedAt == null;
        }

        /** Null where it has not begun. */
        Duration duration(Instant now) {
            return startedAt == null ? null : Duration.between(startedAt, endedAt == null ? now : endedAt);
        }

        /** With what the newest number adds, up to now. */
        Sums sums(Duration silence, Instant now) {
            Instant until = newest == null ? null : newest.heldUntil(silence, endedAt, now);
            return newest == null || !newest.at().isBefore(until)
                    ? sums
                    : sums.holding(newest.viewers(), newest.at(), until);
        }

        /** Null where nobody has counted lately. */
        Integer currentViewers(Duration silence, Instant now) {
            return newest == null
                            || newest.at().isAfter(now.plus(SKEW))
                            || newest.at().plus(silence).isBefore(now)
                    ? null
                    : Integer.valueOf(newest.viewers());
        }
    }

    /** Emits null where there is no such stream. */
    Uni<Totals> ofStream(UUID streamId) {
        return reads.first(OF_STREAM, Tuple.of(streamId), SummaryQueries::totals);
    }

    /** The last started first. */
    Uni<List<Totals>> ofOwner(UUID ownerId, Instant from, Instant to, int limit) {
        return reads.list(
                OF_OWNER,
                Tuple.of(ownerId, from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC), limit),
                SummaryQueries::totals);
    }

    private static Totals totals(Row row) {
        Sums sums = SumRows.sums(row);
        return new Totals(
                row.getUUID("id"),
                row.getString("title"),
                row.getUUID("owner_id"),
                Reads.instant(row, "started_at"),
                Reads.instant(row, "ended_at"),
                SumRows.newest(row),
                (sums == null ? Sums.none(Instant.EPOCH) : sums).chatting(row.getLong("said")));
    }

    /** What is live now, and the first of it; a number that is older than {@code silence} does not count any more. */
    Uni<StatsView> now(Duration silence, int limit) {
        return reads.list(NOW, Tuple.of(silence.toMillis() / 1000.0, limit, (double) SKEW.toSeconds()), row -> row)
                .map(SummaryQueries::stats);
    }

    private static StatsView stats(List<Row> rows) {
        if (rows.isEmpty()) {
            return new StatsView(0, 0, List.of());
        }
        Row first = rows.get(0);
        return new StatsView(
                first.getLong("live_streams"),
                first.getLong("all_viewers"),
                rows.stream()
                        .map(row -> new LiveView(
                                row.getUUID("id"),
                                row.getString("title"),
                                Reads.instant(row, "started_at"),
                                row.getInteger("viewers")))
                        .toList());
    }
}
