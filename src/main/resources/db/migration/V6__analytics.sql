-- Why: samples of how many watch and chat in a live stream, and sums of them that outlive them.
CREATE TABLE livestream_metrics (
    livestream_id  uuid        NOT NULL,
    timestamp      timestamptz NOT NULL CONSTRAINT livestream_metrics_timestamp CHECK (timestamp = date_trunc('milliseconds', timestamp)),
    viewer_count   integer     NOT NULL CONSTRAINT livestream_metrics_viewer_count CHECK (viewer_count >= 0),
    chat_activity  integer     NOT NULL CONSTRAINT livestream_metrics_chat_activity CHECK (chat_activity >= 0),
    bitrate_kbps   integer     CONSTRAINT livestream_metrics_bitrate CHECK (bitrate_kbps >= 0),
    dropped_frames integer     CONSTRAINT livestream_metrics_dropped_frames CHECK (dropped_frames >= 0),
    countries      jsonb,
    devices        jsonb,
    -- Stores a sample once, and serves the samples around one, the newest, and those of a time.
    CONSTRAINT livestream_metrics_pk PRIMARY KEY (livestream_id, timestamp)
) PARTITION BY RANGE (timestamp);

COMMENT ON TABLE livestream_metrics IS 'No foreign key: whoever writes samples must not lock streams, which others hold for long.';
COMMENT ON COLUMN livestream_metrics.chat_activity IS 'Messages since the sample before.';
COMMENT ON COLUMN livestream_metrics.countries IS 'Viewers by ISO 3166-1 alpha-2 code.';
COMMENT ON COLUMN livestream_metrics.devices IS 'Viewers by kind of device.';

-- Takes samples of months that have no partition; a job moves them into one.
CREATE TABLE livestream_metrics_default PARTITION OF livestream_metrics DEFAULT;

-- The partition of the month of this moment, in UTC; what the default partition has of that month moves into it.
CREATE FUNCTION add_metrics_partition(moment timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    month timestamp := date_trunc('month', moment AT TIME ZONE 'UTC');
    lower timestamptz := month AT TIME ZONE 'UTC';
    upper timestamptz := (month + interval '1 month') AT TIME ZONE 'UTC';
    name text := to_char(month, '"livestream_metrics_y"FMYYYY"m"MM');
BEGIN
    IF to_regclass(name) IS NOT NULL THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE TABLE %I (LIKE livestream_metrics INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
    -- No sample of the month can come between the move and the attaching.
    LOCK TABLE livestream_metrics_default IN ACCESS EXCLUSIVE MODE;
    EXECUTE format(
        'WITH moved AS (DELETE FROM livestream_metrics_default WHERE timestamp >= %L AND timestamp < %L RETURNING *)
         INSERT INTO %I SELECT * FROM moved', lower, upper, name);
    EXECUTE format('ALTER TABLE livestream_metrics ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, lower, upper);
END $$;

SELECT add_metrics_partition(now() + make_interval(months => ahead)) FROM generate_series(-1, 5) AS ahead;

-- Samples from before this moment are not kept any more, and not taken either: nobody could say what is between them.
CREATE TABLE metrics_horizon (
    only_row boolean     CONSTRAINT metrics_horizon_pk PRIMARY KEY DEFAULT true CONSTRAINT metrics_horizon_one CHECK (only_row),
    moment   timestamptz NOT NULL
);

INSERT INTO metrics_horizon (moment) VALUES ('-infinity');

-- Drops the partitions that hold nothing from this moment on, and says from when on samples are kept.
CREATE FUNCTION drop_metrics_partitions(moment timestamptz) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    partition record;
    dropped integer := 0;
BEGIN
    FOR partition IN
        SELECT c.relname AS name,
               substring(pg_get_expr(c.relpartbound, c.oid) FROM $bound$TO \('([^']+)'\)$bound$)::timestamptz AS upper
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'livestream_metrics'::regclass
    LOOP
        IF partition.upper <= moment THEN
            UPDATE metrics_horizon SET moment = greatest(metrics_horizon.moment, partition.upper);
            EXECUTE format('DROP TABLE %I', partition.name);
            dropped := dropped + 1;
        END IF;
    END LOOP;
    RETURN dropped;
END $$;

CREATE TABLE newest_sample (
    livestream_id uuid        CONSTRAINT newest_sample_pk PRIMARY KEY,
    timestamp     timestamptz NOT NULL,
    viewer_count  integer     NOT NULL
) WITH (fillfactor = 50);

COMMENT ON TABLE newest_sample IS 'How long its number holds is not known yet: it is in no sum.';

CREATE TABLE metrics_minute (
    livestream_id    uuid        NOT NULL,
    start            timestamptz NOT NULL,
    viewer_millis    bigint      NOT NULL,
    covered_millis   integer     NOT NULL,
    viewers_at_start integer,
    samples          integer     NOT NULL,
    viewer_sum       bigint      NOT NULL,
    peak_viewers     integer,
    peak_at          timestamptz,
    chat_messages    bigint      NOT NULL,
    -- Serves the timeline of a stream.
    CONSTRAINT metrics_minute_pk PRIMARY KEY (livestream_id, start),
    CONSTRAINT metrics_minute_covered CHECK (covered_millis BETWEEN 0 AND 60000)
) WITH (fillfactor = 70);

COMMENT ON TABLE metrics_minute IS 'Sums over samples, but for the newest of the stream.';
COMMENT ON COLUMN metrics_minute.viewer_millis IS 'Each number of viewers times the milliseconds that it held.';
COMMENT ON COLUMN metrics_minute.covered_millis IS 'For how long there was a number.';
COMMENT ON COLUMN metrics_minute.viewers_at_start IS 'The number that held when the minute began.';
COMMENT ON COLUMN metrics_minute.peak_viewers IS 'The largest number of a sample in the minute; the earliest of them is at peak_at.';

CREATE TABLE metrics_hour (
    LIKE metrics_minute INCLUDING COMMENTS,
    CONSTRAINT metrics_hour_pk PRIMARY KEY (livestream_id, start),
    CONSTRAINT metrics_hour_covered CHECK (covered_millis BETWEEN 0 AND 3600000)
) WITH (fillfactor = 70);

CREATE TABLE metrics_day (
    LIKE metrics_minute INCLUDING COMMENTS,
    CONSTRAINT metrics_day_pk PRIMARY KEY (livestream_id, start),
    CONSTRAINT metrics_day_covered CHECK (covered_millis BETWEEN 0 AND 86400000)
) WITH (fillfactor = 70);

CREATE VIEW stream_analytics_hourly AS
SELECT start AS hour, livestream_id, viewer_sum::numeric / samples AS avg_viewers, peak_viewers, samples::bigint AS data_points
FROM metrics_hour
WHERE samples > 0;

COMMENT ON VIEW stream_analytics_hourly IS 'The mean and the largest of the samples of an hour, without regard to how long each number held.';

-- Serves how much was said in a channel in some time, and by how many.
CREATE INDEX message_sent_idx ON message (channel_id, sent_at) INCLUDE (author_id);
