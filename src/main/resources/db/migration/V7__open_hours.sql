-- Why: the samples of a stream go into the same hour and day for long. Those are summed up once they are over, not with each.

-- Hours of UTC as their minutes give them.
CREATE FUNCTION hours_of_minutes(stream uuid, since timestamptz, until timestamptz) RETURNS SETOF metrics_hour
LANGUAGE sql STABLE AS $$
    SELECT livestream_id, date_trunc('hour', start, 'UTC'), sum(viewer_millis)::bigint, sum(covered_millis)::integer,
           min(viewers_at_start) FILTER (WHERE start = date_trunc('hour', start, 'UTC')),
           sum(samples)::integer, sum(viewer_sum)::bigint, max(peak_viewers),
           (array_agg(peak_at ORDER BY peak_viewers DESC NULLS LAST, peak_at))[1], sum(chat_messages)::bigint
    FROM metrics_minute
    WHERE livestream_id = stream AND start >= since AND start < until
    GROUP BY 1, 2
$$;

COMMENT ON TABLE metrics_hour IS 'Sums over the hours of a stream before that of its newest sample.';
COMMENT ON TABLE metrics_day IS 'Sums over the days of a stream, in UTC, before that of its newest sample.';

DELETE FROM metrics_hour m USING newest_sample n
WHERE m.livestream_id = n.livestream_id AND m.start >= date_trunc('hour', n.timestamp, 'UTC');

DELETE FROM metrics_day m USING newest_sample n
WHERE m.livestream_id = n.livestream_id AND m.start >= date_trunc('day', n.timestamp, 'UTC');

-- What is kept of these hours is what their minutes give.
CREATE FUNCTION sum_up_hours(stream uuid, since timestamptz, until timestamptz) RETURNS void LANGUAGE sql AS $$
    INSERT INTO metrics_hour (livestream_id, start, viewer_millis, covered_millis, viewers_at_start, samples, viewer_sum,
                              peak_viewers, peak_at, chat_messages)
    SELECT livestream_id, start, viewer_millis, covered_millis, viewers_at_start, samples, viewer_sum, peak_viewers, peak_at,
           chat_messages
    FROM hours_of_minutes(stream, since, until)
    ON CONFLICT (livestream_id, start) DO UPDATE SET
        viewer_millis = excluded.viewer_millis, covered_millis = excluded.covered_millis,
        viewers_at_start = excluded.viewers_at_start, samples = excluded.samples, viewer_sum = excluded.viewer_sum,
        peak_viewers = excluded.peak_viewers, peak_at = excluded.peak_at, chat_messages = excluded.chat_messages
$$;

-- All hours, also that of the newest sample.
CREATE VIEW hour_sums AS
SELECT livestream_id, start, viewer_millis, covered_millis, viewers_at_start, samples, viewer_sum, peak_viewers, peak_at,
       chat_messages
FROM metrics_hour
UNION ALL
SELECT n.livestream_id, h.start, h.viewer_millis, h.covered_millis, h.viewers_at_start, h.samples, h.viewer_sum,
       h.peak_viewers, h.peak_at, h.chat_messages
FROM newest_sample n
CROSS JOIN LATERAL hours_of_minutes(n.livestream_id, date_trunc('hour', n.timestamp, 'UTC'), 'infinity') h;

-- Days of UTC as their hours give them.
CREATE FUNCTION days_of_hours(stream uuid, since timestamptz, until timestamptz) RETURNS SETOF metrics_day
LANGUAGE sql STABLE AS $$
    SELECT livestream_id, date_trunc('day', start, 'UTC'), sum(viewer_millis)::bigint, sum(covered_millis)::integer,
           min(viewers_at_start) FILTER (WHERE start = date_trunc('day', start, 'UTC')),
           sum(samples)::integer, sum(viewer_sum)::bigint, max(peak_viewers),
           (array_agg(peak_at ORDER BY peak_viewers DESC NULLS LAST, peak_at))[1], sum(chat_messages)::bigint
    FROM hour_sums
    WHERE livestream_id = stream AND start >= since AND start < until
    GROUP BY 1, 2
$$;

-- What is kept of these days is what their hours give.
CREATE FUNCTION sum_up_days(stream uuid, since timestamptz, until timestamptz) RETURNS void LANGUAGE sql AS $$
    INSERT INTO metrics_day (livestream_id, start, viewer_millis, covered_millis, viewers_at_start, samples, viewer_sum,
                              peak_viewers, peak_at, chat_messages)
    SELECT livestream_id, start, viewer_millis, covered_millis, viewers_at_start, samples, viewer_sum, peak_viewers, peak_at,
           chat_messages
    FROM days_of_hours(stream, since, until)
    ON CONFLICT (livestream_id, start) DO UPDATE SET
        viewer_millis = excluded.viewer_millis, covered_millis = excluded.covered_millis,
        viewers_at_start = excluded.viewers_at_start, samples = excluded.samples, viewer_sum = excluded.viewer_sum,
        peak_viewers = excluded.peak_viewers, peak_at = excluded.peak_at, chat_messages = excluded.chat_messages
$$;

-- All days of UTC, also that of the newest sample.
CREATE VIEW day_sums AS
SELECT livestream_id, start, viewer_millis, covered_millis, viewers_at_start, samples, viewer_sum, peak_viewers, peak_at,
       chat_messages
FROM metrics_day
UNION ALL
SELECT n.livestream_id, d.start, d.viewer_millis, d.covered_millis, d.viewers_at_start, d.samples, d.viewer_sum,
       d.peak_viewers, d.peak_at, d.chat_messages
FROM newest_sample n
CROSS JOIN LATERAL days_of_hours(n.livestream_id, date_trunc('day', n.timestamp, 'UTC'), 'infinity') d;

CREATE OR REPLACE VIEW stream_analytics_hourly AS
SELECT start AS hour, livestream_id, viewer_sum::numeric / samples AS avg_viewers, peak_viewers, samples::bigint AS data_points
FROM hour_sums
WHERE samples > 0;
