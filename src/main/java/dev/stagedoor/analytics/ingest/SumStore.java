package dev.stagedoor.analytics.ingest;

import dev.stagedoor.analytics.AnalyticsConfig;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Corrects the sums of a stream. Call it inside a transaction of Panache. */
@ApplicationScoped
class SumStore {

    /** The same lock as in {@link SampleStore}. */
    private static final String LOCK =
            "select cast(pg_advisory_xact_lock(1396788563, get_byte(uuid_send(?1), 15)) as text)";

    /** What samples contributed to minutes beyond the end is taken away again. */
    static final String CUT = """
            with sample as (
                select at, viewers, lead(at) over (order by at) as next_at
                from (
                    select cast(round(date_part('epoch', timestamp) * 1000) as bigint) as at, cast(viewer_count as bigint) as viewers
                    from livestream_metrics
                    where livestream_id = ?1 and timestamp > to_timestamp(cast(cast(?2 as bigint) - cast(?3 as bigint) as double precision) / 1000)
                ) late
            ), part as (
                select viewers, minute, least(until, (minute + 1) * 60000) - greatest(since, minute * 60000) as millis
                from (
                    select viewers, greatest(at, cast(?2 as bigint)) as since, least(next_at, at + cast(?3 as bigint)) as until
                    from sample
                    where next_at is not null
                ) piece
                cross join lateral generate_series(since / 60000, (until - 1) / 60000) as minute
                where since < until
            )
            update metrics_minute t
            set viewer_millis = t.viewer_millis - c.viewer_millis, covered_millis = t.covered_millis - c.millis,
                viewers_at_start = case when c.minute * 60000 < cast(?2 as bigint) then viewers_at_start end
            from (select minute, sum(viewers * millis) as viewer_millis, sum(millis) as millis from part group by minute) c
            where t.livestream_id = ?1 and t.start = to_timestamp(c.minute * 60)
            """;

    /** Of the hours that are over. */
    private static final String SUM_UP_HOURS = """
            select cast(sum_up_hours(?1, date_trunc('hour', to_timestamp(cast(?2 as bigint) / 1000), 'UTC'), date_trunc('hour', n.timestamp, 'UTC')) as text)
            from newest_sample n
            where n.livestream_id = ?1
            """;

    private static final String SUM_UP_DAYS = """
            select cast(sum_up_days(?1, date_trunc('day', to_timestamp(cast(?2 as bigint) / 1000), 'UTC'), date_trunc('day', n.timestamp, 'UTC')) as text)
            from newest_sample n
            where n.livestream_id = ?1
            """;

    /** The samples themselves nobody can find any more; they go with their time. */
    private static final String FORGET = """
            with minutes as (delete from metrics_minute where livestream_id = ?1),
                 hours as (delete from metrics_hour where livestream_id = ?1),
                 days as (delete from metrics_day where livestream_id = ?1),
                 chat_minutes as (delete from chat_minute where livestream_id = ?1),
                 chat_hours as (delete from chat_hour where livestream_id = ?1)
            delete from newest_sample where livestream_id = ?1
            """;

    private final AnalyticsConfig config;

    SumStore(AnalyticsConfig config) {
        this.config = config;
    }

    /** Until the transaction ends nobody else writes samples of the stream. */
    Uni<Void> lock(UUID streamId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(LOCK, String.class)
                        .setParameter(1, streamId)
                        .getSingleResult())
                .replaceWithVoid();
    }

    /** What is said of the time after the end counts no more. */
    Uni<Void> cut(UUID streamId, Instant end) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(CUT)
                        .setParameter(1, streamId)
                        .setParameter(2, end.toEpochMilli())
                        .setParameter(3, config.silence().toMillis())
                        .executeUpdate())
                .chain(() -> sumUp(SUM_UP_HOURS, streamId, end))
                .chain(() -> sumUp(SUM_UP_DAYS, streamId, end));
    }

    private static Uni<Void> sumUp(String statement, UUID streamId, Instant since) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(statement, String.class)
                        .setParameter(1, streamId)
                        .setParameter(2, since.toEpochMilli())
                        .getResultList())
                .replaceWithVoid();
    }

    Uni<Void> forget(UUID streamId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(FORGET)
                        .setParameter(1, streamId)
                        .executeUpdate())
                .replaceWithVoid();
    }
}
