package dev.stagedoor.analytics.ingest;

import dev.stagedoor.analytics.Sample;
import dev.stagedoor.analytics.ingest.SumChanges.Change;
import dev.stagedoor.analytics.ingest.SumChanges.Known;
import dev.stagedoor.analytics.ingest.SumChanges.Period;
import dev.stagedoor.platform.db.Reads;
import dev.stagedoor.platform.db.Transaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Reads what samples lie next to, and writes them with what they change. */
@ApplicationScoped
class SampleStore {

    /**
     * Streams share locks by their {@link #slot}; who needs several takes them in order, so that nobody waits in a
     * circle. Whatever statement follows sees all that others have written to the stream.
     */
    private static final String LOCK = """
            SELECT pg_advisory_xact_lock(1396788563, slot)
            FROM (SELECT DISTINCT get_byte(uuid_send(id), 15) AS slot FROM unnest($1::uuid[]) AS id ORDER BY slot) slots
            """;

    /**
     * No partition goes between a look at what is kept, and a sample that is written: that locks the whole table, too. Rows
     * may move between partitions meanwhile.
     */
    private static final String KEEP_PARTITIONS = "LOCK TABLE ONLY livestream_metrics IN ROW EXCLUSIVE MODE";

    private static final String STREAMS = """
            SELECT s.id, s.owner_id, coalesce(s.started_at, s.created_at) AS begins_at, s.ended_at,
                   h.moment AS kept_from, n.timestamp AS newest_at, n.viewer_count AS newest_viewers
            FROM live_stream s
            CROSS JOIN metrics_horizon h
            LEFT JOIN newest_sample n ON n.livestream_id = s.id
            WHERE s.id = ANY ($1)
            """;

    /** What is there at the times of samples, and the nearest before and after each that are not too far away. */
    static final String NEIGHBOURS = """
            SELECT f.livestream_id, around.timestamp, around.viewer_count
            FROM unnest($1::uuid[], $2::timestamptz[]) AS f (livestream_id, at)
            CROSS JOIN LATERAL (
                (SELECT timestamp, viewer_count FROM livestream_metrics
                 WHERE livestream_id = f.livestream_id AND timestamp < f.at AND timestamp > f.at - make_interval(secs => $3)
                 ORDER BY timestamp DESC LIMIT 1)
                UNION ALL
                SELECT timestamp, viewer_count FROM livestream_metrics WHERE livestream_id = f.livestream_id AND timestamp = f.at
                UNION ALL
                (SELECT timestamp, viewer_count FROM livestream_metrics
                 WHERE livestream_id = f.livestream_id AND timestamp > f.at AND timestamp < f.at + make_interval(secs => $3)
                 ORDER BY timestamp LIMIT 1)
            ) around
            """;

    private static final String WRITE = """
            WITH samples AS (
                INSERT INTO livestream_metrics
                    (livestream_id, timestamp, viewer_count, chat_activity, bitrate_kbps, dropped_frames, countries, devices)
                SELECT unnest($1::uuid[]), unnest($2::timestamptz[]), unnest($3::integer[]), unnest($4::integer[]),
                       unnest($5::integer[]), unnest($6::integer[]), unnest($7::text[])::jsonb, unnest($8::text[])::jsonb
            ), minutes AS (
                INSERT INTO metrics_minute AS t
                    (livestream_id, start, viewer_millis, covered_millis, viewers_at_start, samples, viewer_sum, peak_viewers,
                     peak_at, chat_messages)
                SELECT unnest($9::uuid[]), unnest($10::timestamptz[]), unnest($11::bigint[]), unnest($12::integer[]),
                       unnest($13::integer[]), unnest($14::integer[]), unnest($15::bigint[]), unnest($16::integer[]),
                       unnest($17::timestamptz[]), unnest($18::bigint[])
                ON CONFLICT (livestream_id, start) DO UPDATE SET
                    viewer_millis = t.viewer_millis + excluded.viewer_millis,
                    covered_millis = t.covered_millis + excluded.covered_millis,
                    viewers_at_start = coalesce(excluded.viewers_at_start, t.viewers_at_start),
                    samples = t.samples + excluded.samples,
                    viewer_sum = t.viewer_sum + excluded.viewer_sum,
                    peak_at = CASE WHEN t.peak_viewers > excluded.peak_viewers OR excluded.peak_viewers IS NULL THEN t.peak_at
                                   WHEN t.peak_viewers = excluded.peak_viewers THEN least(t.peak_at, excluded.peak_at)
                                   ELSE excluded.peak_at END,
                    peak_viewers = greatest(t.peak_viewers, excluded.peak_viewers),
                    chat_messages = t.chat_messages + excluded.chat_messages
            )
            INSERT INTO newest_sample (livestream_id, timestamp, viewer_count)
            SELECT unnest($19::uuid[]), unnest($20::timestamptz[]), unnest($21::integer[])
            ON CONFLICT (livestream_id) DO UPDATE SET timestamp = excluded.timestamp, viewer_count = excluded.viewer_count
            """;

    private static final String SUM_UP_HOURS = """
            SELECT sum_up_hours(id, start, start + interval '1 hour')
            FROM unnest($1::uuid[], $2::timestamptz[]) AS over (id, start)
            """;

    private static final String SUM_UP_DAYS = """
            SELECT sum_up_days(id, start, start + interval '24 hours')
            FROM unnest($1::uuid[], $2::timestamptz[]) AS over (id, start)
            """;

    /**
     * A stream that samples are of. Times are milliseconds since 1970.
     *
     * @param endedAt null where it has not ended
     * @param newest null where there is no sample
     */
    record SampledStream(UUID ownerId, long beginsAt, Long endedAt, long keptFrom, Known newest) {}

    /** The last byte of the id of a stream. */
    static int slot(UUID streamId) {
        return (int) (streamId.getLeastSignificantBits() & 0xFF);
    }

    /** Until the transaction ends nobody else writes samples of these streams, and no partition goes. */
    Uni<Void> lock(Transaction transaction, Collection<UUID> streamIds) {
        return transaction
                .execute(LOCK, Tuple.of(streamIds.toArray(UUID[]::new)))
                .chain(() -> transaction.execute(KEEP_PARTITIONS, Tuple.tuple()))
                .replaceWithVoid();
    }

    /** Those of these streams that there are, by their ids. */
    Uni<Map<UUID, SampledStream>> streams(Transaction transaction, Collection<UUID> streamIds) {
        return transaction
                .execute(STREAMS, Tuple.of(streamIds.toArray(UUID[]::new)))
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> row.getUUID("id"), SampleStore::stream)));
    }

    private static SampledStream stream(Row row) {
        Instant endedAt = Reads.instant(row, "ended_at");
        return new SampledStream(
                row.getUUID("owner_id"),
                Reads.instant(row, "begins_at").toEpochMilli(),
                endedAt == null ? null : Long.valueOf(endedAt.toEpochMilli()),
                keptFrom(row.getOffsetDateTime("kept_from")),
                row.getValue("newest_at") == null
                        ? null
                        : new Known(Reads.instant(row, "newest_at").toEpochMilli(), row.getInteger("newest_viewers")));
    }

    /** PostgreSQL has a time before all times. */
    private static long keptFrom(OffsetDateTime moment) {
        return moment.equals(OffsetDateTime.MIN)
                ? Long.MIN_VALUE
                : moment.toInstant().toEpochMilli();
    }

    /** By their streams, in no order, perhaps twice. */
    Uni<Map<UUID, List<Known>>> neighbours(Transaction transaction, List<Sample> samples, long silence) {
        Tuple parameters = Tuple.of(
                column(samples, UUID[]::new, Sample::streamId),
                column(samples, OffsetDateTime[]::new, sample -> time(sample.at())),
                silence / 1000.0);
        return transaction.execute(NEIGHBOURS, parameters).map(SampleStore::neighbours);
    }

    private static Map<UUID, List<Known>> neighbours(RowSet<Row> rows) {
        Map<UUID, List<Known>> byStream = new HashMap<>();
        rows.forEach(row -> byStream.computeIfAbsent(row.getUUID("livestream_id"), id -> new ArrayList<>())
                .add(new Known(Reads.instant(row, "timestamp").toEpochMilli(), row.getInteger("viewer_count"))));
        return byStream;
    }

    /**
     * Writes samples that are not there yet, and the minutes that they change; in one statement.
     *
     * @param newest those of the samples that are the newest of their streams now
     */
    Uni<Void> write(Transaction transaction, List<Sample> samples, SumChanges changes, Collection<Sample> newest) {
        Tuple parameters = Tuple.tuple()
                .addValue(column(samples, UUID[]::new, Sample::streamId))
                .addValue(column(samples, OffsetDateTime[]::new, sample -> time(sample.at())))
                .addValue(column(samples, Integer[]::new, Sample::viewerCount))
                .addValue(column(samples, Integer[]::new, Sample::chatActivity))
                .addValue(column(samples, Integer[]::new, Sample::bitrateKbps))
                .addValue(column(samples, Integer[]::new, Sample::droppedFrames))
                .addValue(column(samples, String[]::new, Sample::countries))
                .addValue(column(samples, String[]::new, Sample::devices));
        Collection<Change> minutes = changes.minutes();
        parameters
                .addValue(column(minutes, UUID[]::new, minute -> minute.period().streamId()))
                .addValue(column(
                        minutes,
                        OffsetDateTime[]::new,
                        minute -> time(minute.period().start())))
                .addValue(column(minutes, Long[]::new, Change::viewerMillis))
                .addValue(column(minutes, Integer[]::new, Change::coveredMillis))
                .addValue(column(minutes, Integer[]::new, Change::viewersAtStart))
                .addValue(column(minutes, Integer[]::new, Change::samples))
                .addValue(column(minutes, Long[]::new, Change::viewerSum))
                .addValue(column(minutes, Integer[]::new, Change::peakViewers))
                .addValue(column(minutes, OffsetDateTime[]::new, minute -> time(minute.peakAt())))
                .addValue(column(minutes, Long[]::new, Change::chatMessages))
                .addValue(column(newest, UUID[]::new, Sample::streamId))
                .addValue(column(newest, OffsetDateTime[]::new, sample -> time(sample.at())))
                .addValue(column(newest, Integer[]::new, Sample::viewerCount));
        return transaction.execute(WRITE, parameters).replaceWithVoid();
    }

    /** Call it after the samples are written. */
    Uni<Void> sumUpHours(Transaction transaction, Collection<Period> hours) {
        return sumUp(transaction, SUM_UP_HOURS, hours);
    }

    /** Call it after the hours are summed up. */
    Uni<Void> sumUpDays(Transaction transaction, Collection<Period> days) {
        return sumUp(transaction, SUM_UP_DAYS, days);
    }

    private static Uni<Void> sumUp(Transaction transaction, String statement, Collection<Period> over) {
        Tuple parameters = Tuple.of(
                column(over, UUID[]::new, Period::streamId),
                column(over, OffsetDateTime[]::new, each -> time(each.start())));
        return over.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction.execute(statement, parameters).replaceWithVoid();
    }

    private static OffsetDateTime time(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
    }

    private static <T, V> V[] column(Collection<T> rows, IntFunction<V[]> array, Function<T, V> value) {
        V[] column = array.apply(rows.size());
        int i = 0;
        for (T row : rows) {
            column[i++] = value.apply(row);
        }
        return column;
    }
}
