package dev.stagedoor.analytics;

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
     * minutes.
     */
    private static final String TIMELINE = """
            SELECT s.owner_id, s.ended_at, n.timestamp AS newest_at, n.viewer_count AS newest_viewers, sums.*
            FROM live_stream s
            LEFT JOIN newest_sample n ON n.livestream_id = s.id
            LEFT JOIN LATERAL (
                SELECT u.* FROM %s u
                WHERE u.livestream_id = $1 AND u.start >= $2 AND u.start < $3 AND u.start <> ALL ($4)
                UNION ALL
                SELECT m.* FROM unnest(CAST($4 AS timestamptz[])) AS split
                JOIN metrics_minute m
                    ON m.livestream_id = s.id AND m.start >= split AND m.start < split + interval '1 hour'
                   AND m.start >= $2 AND m.start < $3
            ) sums ON true
            WHERE s.id = $1
            """;

    static final Map<Unit, String> BY_UNIT = Map.of(
            Unit.MINUTE, TIMELINE.formatted("metrics_minute"),
            Unit.HOUR, TIMELINE.formatted("hour_sums"),
            Unit.DAY, TIMELINE.formatted("day_sums"));

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
                instant(first, "ended_at"),
                newest(first),
                rows.stream()
                        .map(TimelineQueries::sums)
                        .filter(Objects::nonNull)
                        .toList());
    }

    static Newest newest(Row row) {
        return row.getValue("newest_at") == null
                ? null
                : new Newest(instant(row, "newest_at"), row.getInteger("newest_viewers"));
    }

    /** Null where the row has none. */
    static Sums sums(Row row) {
        if (row.getValue("start") == null) {
            return null;
        }
        return new Sums(
                instant(row, "start"),
                row.getLong("viewer_millis"),
                row.getLong("covered_millis"),
                row.getInteger("viewers_at_start"),
                row.getInteger("samples"),
                row.getLong("viewer_sum"),
                row.getInteger("peak_viewers"),
                instant(row, "peak_at"),
                row.getLong("chat_messages"));
    }

    static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
