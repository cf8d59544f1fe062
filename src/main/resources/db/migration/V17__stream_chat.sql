-- Why: people chat beside a stream, and how much they say is part of its analytics.
ALTER TABLE channel
    ADD COLUMN stream_id uuid CONSTRAINT channel_stream_key UNIQUE
                              CONSTRAINT channel_stream_fk REFERENCES live_stream ON DELETE SET NULL,
    DROP CONSTRAINT channel_visibility,
    ADD CONSTRAINT channel_visibility CHECK (visibility IN ('public', 'private', 'direct', 'stream')),
    DROP CONSTRAINT channel_has_name,
    ADD CONSTRAINT channel_has_name CHECK (visibility IN ('direct', 'stream') OR name IS NOT NULL),
    ADD CONSTRAINT channel_is_of_stream CHECK (visibility = 'stream' OR stream_id IS NULL);

COMMENT ON COLUMN channel.stream_id IS 'Whose chat it is; the chat of a stream that was deleted can still be read.';

CREATE TABLE chat_minute (
    livestream_id uuid        NOT NULL,
    start         timestamptz NOT NULL,
    messages      bigint      NOT NULL CONSTRAINT chat_minute_messages CHECK (messages > 0),
    -- Serves the timeline of a stream.
    CONSTRAINT chat_minute_pk PRIMARY KEY (livestream_id, start)
) WITH (fillfactor = 50);

COMMENT ON TABLE chat_minute IS
    'What was said in the chat of a stream while it was live, even if it is not there any more. No foreign key: who writes a message must not lock the stream.';
