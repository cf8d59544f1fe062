-- Why: channels, who is in them, and what was said.
CREATE TABLE channel (
    id           uuid        CONSTRAINT channel_pk PRIMARY KEY,
    name         text        CONSTRAINT channel_name_length CHECK (char_length(name) BETWEEN 1 AND 255),
    description  text        NOT NULL DEFAULT '' CONSTRAINT channel_description_length CHECK (char_length(description) <= 1000),
    visibility   text        NOT NULL CONSTRAINT channel_visibility CHECK (visibility IN ('public', 'private', 'direct')),
    external_id  text        CONSTRAINT channel_external_key UNIQUE,
    direct_key   text        CONSTRAINT channel_direct_key UNIQUE,
    created_at   timestamptz NOT NULL,
    activity_at  timestamptz NOT NULL,
    last_seq     bigint      NOT NULL DEFAULT 0 CONSTRAINT channel_last_seq CHECK (last_seq >= 0),
    member_count integer     NOT NULL DEFAULT 0 CONSTRAINT channel_member_count CHECK (member_count >= 0),
    CONSTRAINT channel_direct_has_key CHECK ((visibility = 'direct') = (direct_key IS NOT NULL)),
    CONSTRAINT channel_has_name CHECK (visibility = 'direct' OR name IS NOT NULL)
);

-- Serves the list of public channels, most recently active first.
CREATE INDEX channel_public_idx ON channel (activity_at DESC, id DESC) WHERE visibility = 'public';

COMMENT ON COLUMN channel.last_seq IS 'Sequence of the newest message; growing it locks the row, so that there are no gaps.';
COMMENT ON COLUMN channel.direct_key IS 'Both users of a direct channel, in order: there is one channel for two people.';
COMMENT ON COLUMN channel.member_count IS 'Kept by triggers on membership.';

CREATE TABLE membership (
    channel_id uuid        NOT NULL CONSTRAINT membership_channel_fk REFERENCES channel ON DELETE CASCADE,
    user_id    uuid        NOT NULL CONSTRAINT membership_user_fk REFERENCES app_user ON DELETE CASCADE,
    role       text        NOT NULL CONSTRAINT membership_role CHECK (role IN ('owner', 'member')),
    joined_at  timestamptz NOT NULL,
    CONSTRAINT membership_pk PRIMARY KEY (channel_id, user_id)
);

-- Serves the list of a user's channels.
CREATE INDEX membership_user_idx ON membership (user_id, channel_id);

CREATE FUNCTION count_joined_members() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE channel SET member_count = member_count + joined.members
    FROM (SELECT channel_id, count(*) AS members FROM changed GROUP BY channel_id) joined
    WHERE channel.id = joined.channel_id;
    RETURN NULL;
END $$;

CREATE FUNCTION count_left_members() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE channel SET member_count = member_count - gone.members
    FROM (SELECT channel_id, count(*) AS members FROM changed GROUP BY channel_id) gone
    WHERE channel.id = gone.channel_id;
    RETURN NULL;
END $$;

CREATE TRIGGER membership_joined AFTER INSERT ON membership
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_joined_members();

CREATE TRIGGER membership_left AFTER DELETE ON membership
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_left_members();

CREATE TABLE message (
    channel_id  uuid        NOT NULL CONSTRAINT message_channel_fk REFERENCES channel ON DELETE CASCADE,
    seq         bigint      NOT NULL CONSTRAINT message_seq CHECK (seq > 0),
    id          uuid        NOT NULL CONSTRAINT message_id_key UNIQUE,
    author_id   uuid        NOT NULL CONSTRAINT message_author_fk REFERENCES app_user,
    text        text        NOT NULL,
    sent_at     timestamptz NOT NULL,
    client_id   text,
    external_id text,
    -- Serves the pages of messages.
    CONSTRAINT message_pk PRIMARY KEY (channel_id, seq),
    CONSTRAINT message_text_length CHECK (external_id IS NOT NULL OR char_length(text) BETWEEN 1 AND 4096)
);

-- A message that its sender sends again is there once; also finds the one that was there.
CREATE UNIQUE INDEX message_client_key ON message (author_id, client_id) WHERE client_id IS NOT NULL;

-- A message that is imported again is there once.
CREATE UNIQUE INDEX message_external_key ON message (channel_id, external_id) WHERE external_id IS NOT NULL;

COMMENT ON COLUMN message.seq IS 'Position in the channel: 1, 2, 3 … without gaps.';
COMMENT ON COLUMN message.text IS 'Empty where an archive has a deleted message.';
