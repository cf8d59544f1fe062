package dev.stagedoor.analytics;

import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.db.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes samples, and with them the sums. */
@ApplicationScoped
class SampleStore {

    /**
     * Streams share locks by the last byte of their ids; who needs several takes them in order, so that nobody waits in a
     * circle. What comes after the lock sees all that others have written to the stream.
     */
    static final String LOCK = """
            SELECT pg_advisory_xact_lock(1396788563, slot)
            FROM (SELECT DISTINCT get_byte(uuid_send(id), 15) AS slot FROM unnest($1::uuid[]) AS id ORDER BY slot) slots
            """;

    private static final String MERGE = """
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
                chat_messages = t.chat_messages + excluded.chat_messages""";

    /**
     * A number holds until the next sample, for the time of silence at most, and not beyond the end of the stream; that of
     * the newest sample is in no sum yet. What a fresh sample changes lies between its neighbours: its own number holds
     * from there on, and that of the sample before it no longer does. These pieces, some of them negative, are split by
     * minutes and added up. Times are milliseconds and all sums are integers: the order in which samples come is of no
     * consequence.
     *
     * <p>Fresh samples that follow each other within ten seconds are one run: of each run, the samples around and between are
     * read. A peak is one number that grows with the viewers and, for as many, with earliness in the day.
     */
    private static final String STORE = """
            WITH input AS MATERIALIZED (
                SELECT i.*,
                       CASE WHEN s.id IS NULL THEN 'UNKNOWN_STREAM'
                            WHEN i.owner_id <> s.owner_id THEN 'OTHERS_STREAM'
                            WHEN to_timestamp(i.at::float8 / 1000) < coalesce(s.started_at, s.created_at) - interval '1 day' THEN 'BEFORE_START'
                            WHEN to_timestamp(i.at::float8 / 1000) < h.moment THEN 'TOO_OLD'
                       END AS refusal
                FROM unnest($1::uuid[], $2::bigint[], $3::int[], $4::int[], $5::int[], $6::int[], $7::text[], $8::text[], $9::uuid[])
                    WITH ORDINALITY AS i (livestream_id, at, viewers, chat, bitrate, dropped, countries, devices, owner_id, position)
                LEFT JOIN live_stream s ON s.id = i.livestream_id
                CROSS JOIN metrics_horizon h
            ), stored AS (
                INSERT INTO livestream_metrics
                    (livestream_id, timestamp, viewer_count, chat_activity, bitrate_kbps, dropped_frames, countries, devices)
                SELECT livestream_id, to_timestamp(at::float8 / 1000), viewers, chat, bitrate, dropped, countries::jsonb, devices::jsonb
                FROM input
                WHERE refusal IS NULL
                ORDER BY livestream_id, at, position
                ON CONFLICT DO NOTHING
                RETURNING livestream_id, timestamp, viewer_count, chat_activity
            ), fresh AS MATERIALIZED (
                SELECT livestream_id, round(date_part('epoch', timestamp) * 1000)::bigint AS at, viewer_count AS viewers, chat_activity AS chat
                FROM stored
            ), stream AS MATERIALIZED (
                SELECT f.livestream_id, floor(date_part('epoch', s.ended_at) * 1000)::bigint AS ends,
                       round(date_part('epoch', n.timestamp) * 1000)::bigint AS newest_at, n.viewer_count AS newest_viewers
                FROM (SELECT DISTINCT livestream_id FROM fresh) f
                JOIN live_stream s ON s.id = f.livestream_id
                LEFT JOIN newest_sample n ON n.livestream_id = f.livestream_id
            ), run AS (
                SELECT livestream_id, min(at) AS first, max(at) AS last
                FROM (
                    SELECT livestream_id, at, count(*) FILTER (WHERE begins) OVER (PARTITION BY livestream_id ORDER BY at) AS nth
                    FROM (
                        SELECT livestream_id, at, (at - lag(at) OVER (PARTITION BY livestream_id ORDER BY at) > 10000) IS NOT FALSE AS begins
                        FROM fresh
                    ) marked
                ) numbered
                GROUP BY livestream_id, nth
            ), known AS (
                SELECT livestream_id, newest_at AS at, newest_viewers AS viewers FROM stream WHERE newest_at IS NOT NULL
                UNION
                SELECT r.livestream_id, round(date_part('epoch', m.timestamp) * 1000)::bigint, m.viewer_count
                FROM run r
                JOIN stream s ON s.livestream_id = r.livestream_id AND s.newest_at > r.first
                CROSS JOIN LATERAL (
                    (SELECT timestamp, viewer_count FROM livestream_metrics
                     WHERE livestream_id = r.livestream_id
                       AND timestamp < to_timestamp(r.first::float8 / 1000)
                       AND timestamp > to_timestamp((r.first - $10)::float8 / 1000)
                     ORDER BY timestamp DESC LIMIT 1)
                    UNION ALL
                    SELECT timestamp, viewer_count FROM livestream_metrics
                    WHERE livestream_id = r.livestream_id
                      AND timestamp > to_timestamp(r.first::float8 / 1000)
                      AND timestamp < to_timestamp(r.last::float8 / 1000)
                    UNION ALL
                    (SELECT timestamp, viewer_count FROM livestream_metrics
                     WHERE livestream_id = r.livestream_id
                       AND timestamp > to_timestamp(r.last::float8 / 1000)
                       AND timestamp < to_timestamp((r.last + $10)::float8 / 1000)
                     ORDER BY timestamp LIMIT 1)
                ) m
            ), point AS (
                SELECT livestream_id, at, viewers, true AS is_fresh, NULL::bigint AS known_until FROM fresh
                UNION ALL
                SELECT livestream_id, at, viewers, false, lead(at) OVER (PARTITION BY livestream_id ORDER BY at) FROM known
            ), linked AS (
                SELECT p.*, s.ends, s.newest_at,
                       lead(p.at) OVER w AS next_at, lead(p.is_fresh) OVER w AS next_is_fresh
                FROM point p JOIN stream s USING (livestream_id)
                WINDOW w AS (PARTITION BY p.livestream_id ORDER BY p.at)
            ), piece AS (
                SELECT livestream_id, viewers, 1 AS sign, at AS since, least(next_at, at + $10, ends) AS until
                FROM linked
                WHERE next_at IS NOT NULL AND (is_fresh OR at = newest_at)
                UNION ALL
                SELECT livestream_id, viewers, -1, least(next_at, at + $10, ends), least(known_until, at + $10, ends)
                FROM linked
                WHERE next_is_fresh AND NOT is_fresh AND at <> newest_at
            ), part AS (
                SELECT livestream_id, viewers, sign, minute, since <= minute * 60000 AS is_at_start,
                       least(until, (minute + 1) * 60000) - greatest(since, minute * 60000) AS millis
                FROM piece CROSS JOIN LATERAL generate_series(since / 60000, (until - 1) / 60000) AS minute
                WHERE since < until
            ), by_minute AS MATERIALIZED (
                SELECT livestream_id, minute, sum(viewer_millis)::bigint AS viewer_millis, sum(covered_millis)::int AS covered_millis,
                       max(viewers_at_start) AS viewers_at_start, sum(samples)::int AS samples, sum(viewer_sum)::bigint AS viewer_sum,
                       max(peak) AS peak, sum(chat)::bigint AS chat
                FROM (
                    SELECT livestream_id, minute, sign * viewers * millis AS viewer_millis, (sign * millis)::int AS covered_millis,
                           CASE WHEN sign > 0 AND is_at_start THEN viewers END AS viewers_at_start,
                           0 AS samples, 0 AS viewer_sum, NULL::bigint AS peak, 0 AS chat
                    FROM part
                    UNION ALL
                    SELECT livestream_id, at / 60000, 0, 0, NULL, 1, viewers, (viewers::bigint << 27) + 86400000 - at %% 86400000, chat
                    FROM fresh
                ) change
                GROUP BY livestream_id, minute
            ), into_minute AS (
                INSERT INTO metrics_minute AS t
                SELECT livestream_id, to_timestamp(minute * 60), viewer_millis, covered_millis, viewers_at_start, samples, viewer_sum,
                       (peak >> 27)::int, to_timestamp((minute / 1440 * 86400000 + 86400000 - (peak & 134217727))::float8 / 1000), chat
                FROM by_minute
                %1$s
            ), by_hour AS MATERIALIZED (
                SELECT livestream_id, minute / 60 AS hour, sum(viewer_millis)::bigint AS viewer_millis, sum(covered_millis)::int AS covered_millis,
                       max(viewers_at_start) FILTER (WHERE minute %% 60 = 0) AS viewers_at_start, sum(samples)::int AS samples,
                       sum(viewer_sum)::bigint AS viewer_sum, max(peak) AS peak, sum(chat)::bigint AS chat
                FROM by_minute
                GROUP BY livestream_id, minute / 60
            ), into_hour AS (
                INSERT INTO metrics_hour AS t
                SELECT livestream_id, to_timestamp(hour * 3600), viewer_millis, covered_millis, viewers_at_start, samples, viewer_sum,
                       (peak >> 27)::int, to_timestamp((hour / 24 * 86400000 + 86400000 - (peak & 134217727))::float8 / 1000), chat
                FROM by_hour
                %1$s
            ), into_day AS (
                INSERT INTO metrics_day AS t
                SELECT livestream_id, to_timestamp(hour / 24 * 86400), sum(viewer_millis)::bigint, sum(covered_millis)::int,
                       max(viewers_at_start) FILTER (WHERE hour %% 24 = 0), sum(samples)::int, sum(viewer_sum)::bigint,
                       (max(peak) >> 27)::int, to_timestamp((hour / 24 * 86400000 + 86400000 - (max(peak) & 134217727))::float8 / 1000),
                       sum(chat)::bigint
                FROM by_hour
                GROUP BY livestream_id, hour / 24
                %1$s
            ), into_newest AS (
                INSERT INTO newest_sample AS t
                SELECT DISTINCT ON (livestream_id) livestream_id, to_timestamp(at::float8 / 1000), viewers
                FROM fresh
                ORDER BY livestream_id, at DESC
                ON CONFLICT (livestream_id) DO UPDATE SET timestamp = excluded.timestamp, viewer_count = excluded.viewer_count
                WHERE t.timestamp < excluded.timestamp
            )
            SELECT array_agg(position::int - 1) FILTER (WHERE refusal IS NOT NULL) AS refused,
                   array_agg(refusal) FILTER (WHERE refusal IS NOT NULL) AS refusals,
                   array_agg(position::int - 1) FILTER (WHERE is_new) AS fresh
            FROM (
                SELECT i.position, i.refusal,
                       f.at IS NOT NULL AND i.refusal IS NULL
                       AND row_number() OVER (PARTITION BY i.livestream_id, i.at, i.refusal ORDER BY i.position) = 1 AS is_new
                FROM input i LEFT JOIN fresh f ON f.livestream_id = i.livestream_id AND f.at = i.at
            ) outcome
            """.formatted(MERGE);

    private final Transactions transactions;
    private final AnalyticsConfig config;

    SampleStore(Transactions transactions, AnalyticsConfig config) {
        this.transactions = transactions;
        this.config = config;
    }

    /**
     * A sample that someone wants to store.
     *
     * @param ownerId who the stream must be of; null for anybody
     */
    record Offered(Sample sample, UUID ownerId) {}

    /**
     * What became of samples.
     *
     * @param fresh those that were not there before
     * @param refusals by the places of the samples
     */
    record Stored(List<Sample> fresh, List<Refusal> refusals) {}

    /** Stores all that can be, in one transaction; what is there already stays as it is. */
    Uni<Stored> store(List<Offered> offered) {
        UUID[] streamIds = column(offered, UUID[]::new, each -> each.sample().streamId());
        return transactions.run(transaction ->
                transaction.execute(LOCK, Tuple.of(streamIds)).chain(() -> store(transaction, offered, streamIds)));
    }

    private Uni<Stored> store(Transaction transaction, List<Offered> offered, UUID[] streamIds) {
        Tuple columns = Tuple.tuple()
                .addValue(streamIds)
                .addValue(column(offered, Long[]::new, each -> each.sample().at()))
                .addValue(column(offered, Integer[]::new, each -> each.sample().viewerCount()))
                .addValue(column(offered, Integer[]::new, each -> each.sample().chatActivity()))
                .addValue(column(offered, Integer[]::new, each -> each.sample().bitrateKbps()))
                .addValue(column(offered, Integer[]::new, each -> each.sample().droppedFrames()))
                .addValue(column(offered, String[]::new, each -> each.sample().countries()))
                .addValue(column(offered, String[]::new, each -> each.sample().devices()))
                .addValue(column(offered, UUID[]::new, Offered::ownerId))
                .addValue(config.silence().toMillis());
        return transaction
                .execute(STORE, columns)
                .map(rows -> stored(offered, rows.iterator().next()));
    }

    private static <V> V[] column(List<Offered> offered, IntFunction<V[]> array, Function<Offered, V> value) {
        return offered.stream().map(value).toArray(array);
    }

    private static Stored stored(List<Offered> offered, Row row) {
        Integer[] fresh = orNone(row.getArrayOfIntegers("fresh"));
        Integer[] refused = orNone(row.getArrayOfIntegers("refused"));
        String[] refusals = row.getArrayOfStrings("refusals");
        return new Stored(
                Stream.of(fresh).map(index -> offered.get(index).sample()).toList(),
                IntStream.range(0, refused.length)
                        .mapToObj(i -> Refusal.of(refused[i], Refusal.Reason.valueOf(refusals[i])))
                        .toList());
    }

    private static Integer[] orNone(Integer[] indexes) {
        return indexes == null ? new Integer[0] : indexes;
    }
}
