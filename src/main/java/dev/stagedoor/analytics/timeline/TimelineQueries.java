package dev.stagedoor.analytics.timeline;

import dev.stagedoor.analytics.Newest;
import dev.stagedoor.analytics.SumRows;
import dev.stagedoor.analytics.Sums;
import dev.stagedoor.platform.db.Reads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Reads the sums of streams. */
@ApplicationScoped
class TimelineQueries {

    /**
     * The rows of a time in one go. Of hours in which a bucket of a time zone begins, which is not at their beginning, the
     * minutes. What was said in the chat of the stream comes in rows of its own.
     */
    private static final String TIMELINE = """
            SELECT s.owner_id, s.ended_at, n.timestamp AS newest_at, n.viewer_count AS newest_viewers, %2$s
            FROM live_stream s
            LEFT JOIN newest_sample n ON n.livestream_id = s.id
            LEFT JOIN LATERAL (
                SELECT %2$s FROM %1$s u
                WHERE u.livestream_id = $1 AND u.start >= $2 AND u.start < $3 AND u.start <> ALL ($4)
                UNION ALL
                SELECT %2$s FROM unnest(CAST($4 AS timestamptz[])) AS split
                JOIN metrics_minute m
                    ON m.livestream_id = s.id AND m.start >= split AND m.start < split + interval '1 hour'
                   AND m.start >= $2 AND m.start < $3
                UNION ALL
                SELECT said.start, 0, 0, NULL, 0, 0, NULL, NULL, said.messages
                FROM %3$s said
                WHERE said.livestream_id = s.id AND said.start >= $2 AND said.start < $3 AND said.start <> ALL ($4)
                UNION ALL
                SELECT said.start, 0, 0, NULL, 0, 0, NULL, NULL, said.messages
                FROM unnest(CAST($4 AS timestamptz[])) AS split
                JOIN chat_minute said
                    ON said.livestream_id = s.id AND said.start >= split AND said.start < split + interval '1 hour'
                   AND said.start >= $2 AND said.start < $3
            ) sums ON true
            WHERE s.id = $1
            """;

    static final Map<Unit, String> BY_UNIT = Map.of(
            Unit.MINUTE, timeline("metrics_minute", "chat_minute"),
            Unit.HOUR, timeline("hour_sums", "chat_hour"),
            Unit.DAY, timeline("day_sums", "chat_hour"));

    private static String timeline(String sums, String said) {
        return TIMELINE.formatted(sums, SumRows.COLUMNS, said);
    }

    private final Reads reads;

    TimelineQueries(Reads reads) {
        this.reads = reads;
    }

    /** The tables that there are; days are those of UTC. */
    enum Unit {
        MINUTE,
        HOUR,
        DAY
    }

    /**
     * What is known of a stream in some time.
     *
     * @param endedAt null where it has not ended
     * @param newest null where there is no sample
     */
    record Found(UUID ownerId, Instant endedAt, Newest newest, List<Sums> sums) {}

    /**
     * Emits null where there is no such stream.
     *
     * @param split hours of which minutes are wanted
     */
    Uni<Found> find(UUID streamId, Unit unit, Instant from, Instant to, List<Instant> split) {
        OffsetDateTime[] hours = split.stream().map(TimelineQueries::utc).toArray(OffsetDateTime[]::new);
        return reads.list(BY_UNIT.get(unit), Tuple.of(streamId, utc(from), utc(to), hours), row -> row)
                .map(TimelineQueries::found);
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    private static Found found(List<Row> rows) {
        if (rows.isEmpty()) {
            return null;
        }
        Row first = rows.get(0);
        return new Found(
                first.getUUID("owner_id"),
                Reads.instant(first, "ended_at"),
                SumRows.newest(first),
                rows.stream().map(SumRows::sums).filter(Objects::nonNull).toList());
    }
}
