-- Why: people chat beside a stream, and how much they say is part of its analytics.
ALTER TABLE channel
    ADD COLUMN stream_id uuid CONSTRAINT channel_stream_fk REFERENCES live_stream ON DELETE SET NULL,
    DROP CONSTRAINT channel_visibility,
    ADD CONSTRAINT channel_visibility CHECK (visibility IN ('public', 'private', 'direct', 'stream')),
    DROP CONSTRAINT channel_has_name,
    ADD CONSTRAINT channel_has_name CHECK (visibility IN ('direct', 'stream') OR name IS NOT NULL),
    ADD CONSTRAINT channel_is_of_stream CHECK (visibility = 'stream' OR stream_id IS NULL);

-- A stream has one chat; finds it. Other channels are not in it: each message would write an entry of theirs.
CREATE UNIQUE INDEX channel_stream_key ON channel (stream_id) WHERE stream_id IS NOT NULL;

COMMENT ON COLUMN channel.stream_id IS 'Whose chat it is; the chat of a stream that was deleted can still be read.';

-- Viewers of many streams are not to pay for their chats in every list of their channels.
ALTER TABLE membership ADD COLUMN is_listed boolean NOT NULL DEFAULT true;

COMMENT ON COLUMN membership.is_listed IS 'False in the chats of streams: they are in no list, and in no total of what is unread.';

CREATE TABLE chat_minute (
    livestream_id uuid        NOT NULL,
    start         timestamptz NOT NULL,
    messages      bigint      NOT NULL CONSTRAINT chat_minute_messages CHECK (messages > 0),
    -- Serves the timeline of a stream.
    CONSTRAINT chat_minute_pk PRIMARY KEY (livestream_id, start)
) WITH (fillfactor = 50);

CREATE TABLE chat_hour (
    LIKE chat_minute,
    -- Serves timelines and sums of longer times.
    CONSTRAINT chat_hour_pk PRIMARY KEY (livestream_id, start),
    CONSTRAINT chat_hour_messages CHECK (messages > 0)
) WITH (fillfactor = 50);

COMMENT ON TABLE chat_hour IS 'As chat_minute, by the hours of UTC.';
COMMENT ON TABLE chat_minute IS
    'What was said in the chat of a stream while it was live, even if it is not there any more. No foreign key: who writes a message must not lock the stream.';
