-- Why: messages are found by what they say, in any language.
CREATE TABLE message_search (
    id         uuid      CONSTRAINT message_search_pk PRIMARY KEY
                         CONSTRAINT message_search_message_fk REFERENCES message (id) ON DELETE CASCADE,
    channel_id uuid      NOT NULL,
    author_id  uuid      NOT NULL,
    has_link   boolean   NOT NULL,
    text       text      NOT NULL,
    grams      integer[] NOT NULL,
    words      tsvector  NOT NULL GENERATED ALWAYS AS (strip(to_tsvector('english', text))) STORED
);

COMMENT ON TABLE message_search IS 'Every message that is not deleted; sorted by their ids, messages are in the order of time.';
COMMENT ON COLUMN message_search.text IS 'Folded: without differences of case, width and composition.';
COMMENT ON COLUMN message_search.grams IS 'Of three letters, of two where words are not parted by spaces, and short words.';

-- Serve searches without words, newest first.
CREATE INDEX message_search_channel_idx ON message_search (channel_id, id DESC);
CREATE INDEX message_search_author_idx ON message_search (author_id, id DESC);
CREATE INDEX message_search_link_idx ON message_search (id DESC) WHERE has_link;

-- Serve searches for words and parts of them. What is pending is read by every search: little may be.
CREATE INDEX message_search_words_idx ON message_search USING gin (words) WITH (gin_pending_list_limit = 256);
CREATE INDEX message_search_grams_idx ON message_search USING gin (grams) WITH (gin_pending_list_limit = 256);

CREATE TABLE search_backlog (
    channel_id uuid   CONSTRAINT search_backlog_pk PRIMARY KEY
                      CONSTRAINT search_backlog_channel_fk REFERENCES channel ON DELETE CASCADE,
    before_seq bigint NOT NULL
);

COMMENT ON TABLE search_backlog IS 'Channels with messages from before there was a search, and up to where these are not in message_search.';

INSERT INTO search_backlog (channel_id, before_seq) SELECT id, last_seq + 1 FROM channel WHERE last_seq > 0;
