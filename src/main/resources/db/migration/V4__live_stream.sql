-- Why: live streams, and who takes part in them behind the stage and on it.
CREATE TABLE live_stream (
    id                     uuid        CONSTRAINT live_stream_pk PRIMARY KEY,
    owner_id               uuid        NOT NULL CONSTRAINT live_stream_owner_fk REFERENCES app_user,
    title                  text        NOT NULL CONSTRAINT live_stream_title_length CHECK (char_length(title) BETWEEN 1 AND 140),
    description            text        NOT NULL DEFAULT '' CONSTRAINT live_stream_description_length CHECK (char_length(description) <= 5000),
    category               text        CONSTRAINT live_stream_category_length CHECK (char_length(category) BETWEEN 1 AND 64),
    language               text        CONSTRAINT live_stream_language_length CHECK (char_length(language) BETWEEN 2 AND 35),
    tags                   text[]      NOT NULL DEFAULT '{}' CONSTRAINT live_stream_tags CHECK (cardinality(tags) <= 10),
    thumbnail_url          text        CONSTRAINT live_stream_thumbnail_url CHECK (thumbnail_url ~* '^https?://' AND char_length(thumbnail_url) <= 2048),
    chat_enabled           boolean     NOT NULL DEFAULT true,
    chat_slow_mode_seconds integer     NOT NULL DEFAULT 0 CONSTRAINT live_stream_chat_slow_mode CHECK (chat_slow_mode_seconds BETWEEN 0 AND 3600),
    chat_members_only      boolean     NOT NULL DEFAULT false,
    created_at             timestamptz NOT NULL,
    started_at             timestamptz,
    ended_at               timestamptz,
    live                   boolean     NOT NULL GENERATED ALWAYS AS (started_at IS NOT NULL AND ended_at IS NULL) STORED,
    version                integer     NOT NULL DEFAULT 0,
    CONSTRAINT live_stream_ends_after_its_start CHECK (ended_at IS NULL OR (started_at IS NOT NULL AND ended_at >= started_at))
);

-- Serve the lists of live streams, the last started first: all, of a category, in a language.
CREATE INDEX live_stream_live_idx ON live_stream (started_at DESC, id DESC) WHERE live;
CREATE INDEX live_stream_live_category_idx ON live_stream (category, started_at DESC, id DESC) WHERE live;
CREATE INDEX live_stream_live_language_idx ON live_stream (language, started_at DESC, id DESC) WHERE live;

-- Serve the lists of streams in any state, the newest first: all, of a category, in a language, of an owner.
CREATE INDEX live_stream_created_idx ON live_stream (created_at DESC, id DESC);
CREATE INDEX live_stream_category_idx ON live_stream (category, created_at DESC, id DESC);
CREATE INDEX live_stream_language_idx ON live_stream (language, created_at DESC, id DESC);
CREATE INDEX live_stream_owner_idx ON live_stream (owner_id, created_at DESC, id DESC);

COMMENT ON COLUMN live_stream.language IS 'BCP 47 tag in its canonical form.';
COMMENT ON COLUMN live_stream.version IS 'Optimistic lock of the application.';

CREATE TABLE stream_participant (
    id        uuid    CONSTRAINT stream_participant_pk PRIMARY KEY,
    stream_id uuid    NOT NULL CONSTRAINT stream_participant_stream_fk REFERENCES live_stream ON DELETE CASCADE,
    user_id   uuid    NOT NULL CONSTRAINT stream_participant_user_fk REFERENCES app_user ON DELETE CASCADE,
    role      text    NOT NULL CONSTRAINT stream_participant_role CHECK (role IN ('host', 'guest', 'moderator')),
    state     text    NOT NULL CONSTRAINT stream_participant_state CHECK (state IN ('invited', 'waiting', 'backstage', 'on_air', 'left')),
    muted     boolean NOT NULL DEFAULT false,
    owner     boolean NOT NULL DEFAULT false,
    version   integer NOT NULL DEFAULT 0,
    -- Serves the participants of a stream.
    CONSTRAINT stream_participant_user_key UNIQUE (stream_id, user_id),
    CONSTRAINT stream_participant_owner_stays_host CHECK (NOT owner OR (role = 'host' AND state <> 'left'))
);

-- Serves the cascade from app_user.
CREATE INDEX stream_participant_user_idx ON stream_participant (user_id);

COMMENT ON COLUMN stream_participant.id IS 'Of version 7: participants are listed in the order in which they were invited.';

-- Who owns a stream takes part in it. Deferred: each of the two rows needs the other.
ALTER TABLE live_stream ADD CONSTRAINT live_stream_owner_takes_part
    FOREIGN KEY (id, owner_id) REFERENCES stream_participant (stream_id, user_id) DEFERRABLE INITIALLY DEFERRED;
