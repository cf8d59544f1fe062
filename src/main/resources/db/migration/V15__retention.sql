-- Why: a channel may keep its messages for a time only.
ALTER TABLE channel
    ADD COLUMN retention_days integer
        CONSTRAINT channel_retention_days CHECK (retention_days BETWEEN 1 AND 3650),
    ADD COLUMN first_seq bigint NOT NULL DEFAULT 1
        CONSTRAINT channel_first_seq CHECK (first_seq BETWEEN 1 AND last_seq + 1);

COMMENT ON COLUMN channel.retention_days IS 'Null where everything is kept.';
COMMENT ON COLUMN channel.first_seq IS 'Messages before this one are not kept any more.';

-- Finds the channels that keep messages for a time.
CREATE INDEX channel_retention_idx ON channel (id) WHERE retention_days IS NOT NULL;

-- A thread outlives its first message.
ALTER TABLE message DROP CONSTRAINT message_reply_to_fk;
