-- Why: some members keep order in a channel, and what they do is on record.
ALTER TABLE membership
    DROP CONSTRAINT membership_role,
    ADD CONSTRAINT membership_role CHECK (role IN ('owner', 'moderator', 'member')),
    ADD COLUMN silenced_until timestamptz,
    ADD COLUMN last_sent_at   timestamptz;

COMMENT ON COLUMN membership.silenced_until IS 'Muted by a moderator; is_muted is the member''s own wish for silence.';

ALTER TABLE channel
    ADD COLUMN slow_mode_seconds integer NOT NULL DEFAULT 0
        CONSTRAINT channel_slow_mode_seconds CHECK (slow_mode_seconds BETWEEN 0 AND 21600),
    ADD COLUMN blocked_words text[] NOT NULL DEFAULT '{}'
        CONSTRAINT channel_blocked_words CHECK (cardinality(blocked_words) <= 500);

COMMENT ON COLUMN channel.slow_mode_seconds IS 'Between two messages of a member.';
COMMENT ON COLUMN channel.blocked_words IS 'As they stand in a folded text, between spaces where words are parted by these.';

-- Who leaves takes along what still keeps them from writing, and brings it back.
CREATE TABLE former_member (
    channel_id     uuid        NOT NULL CONSTRAINT former_member_channel_fk REFERENCES channel ON DELETE CASCADE,
    user_id        uuid        NOT NULL CONSTRAINT former_member_user_fk REFERENCES app_user ON DELETE CASCADE,
    silenced_until timestamptz,
    last_sent_at   timestamptz,
    CONSTRAINT former_member_pk PRIMARY KEY (channel_id, user_id)
);

CREATE FUNCTION remember_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO former_member (channel_id, user_id, silenced_until, last_sent_at)
    SELECT channel.id, app_user.id, OLD.silenced_until, OLD.last_sent_at
    FROM channel CROSS JOIN app_user
    WHERE channel.id = OLD.channel_id AND app_user.id = OLD.user_id
    ON CONFLICT (channel_id, user_id)
        DO UPDATE SET silenced_until = excluded.silenced_until, last_sent_at = excluded.last_sent_at;
    RETURN NULL;
END $$;

CREATE TRIGGER membership_remembered AFTER DELETE ON membership
    FOR EACH ROW WHEN (OLD.silenced_until IS NOT NULL OR OLD.last_sent_at IS NOT NULL)
    EXECUTE FUNCTION remember_member();

CREATE TABLE channel_ban (
    channel_id uuid        NOT NULL CONSTRAINT channel_ban_channel_fk REFERENCES channel ON DELETE CASCADE,
    user_id    uuid        NOT NULL CONSTRAINT channel_ban_user_fk REFERENCES app_user ON DELETE CASCADE,
    until      timestamptz,
    reason     text        NOT NULL,
    banned_at  timestamptz NOT NULL,
    CONSTRAINT channel_ban_pk PRIMARY KEY (channel_id, user_id)
);

COMMENT ON COLUMN channel_ban.until IS 'Null for good.';

CREATE TABLE message_report (
    id          uuid        CONSTRAINT message_report_pk PRIMARY KEY,
    channel_id  uuid        NOT NULL,
    seq         bigint      NOT NULL,
    reporter_id uuid        NOT NULL CONSTRAINT message_report_reporter_fk REFERENCES app_user,
    reason      text        NOT NULL CONSTRAINT message_report_reason CHECK (reason IN ('spam', 'abuse', 'illegal', 'other')),
    note        text        NOT NULL CONSTRAINT message_report_note_length CHECK (char_length(note) <= 1000),
    text        text        NOT NULL,
    status      text        NOT NULL CONSTRAINT message_report_status CHECK (status IN ('open', 'dismissed', 'upheld')),
    resolver_id uuid        CONSTRAINT message_report_resolver_fk REFERENCES app_user,
    resolved_at timestamptz,
    CONSTRAINT message_report_is_resolved CHECK (
        (status = 'open') = (resolver_id IS NULL) AND (status = 'open') = (resolved_at IS NULL)),
    -- Who reports a message again has reported it.
    CONSTRAINT message_report_key UNIQUE (channel_id, seq, reporter_id),
    CONSTRAINT message_report_message_fk FOREIGN KEY (channel_id, seq) REFERENCES message ON DELETE CASCADE
);

COMMENT ON COLUMN message_report.text IS 'What the message said when it was reported.';

-- Serves the queue, oldest first.
CREATE INDEX message_report_queue_idx ON message_report (channel_id, status, id);

CREATE TABLE moderation_act (
    id         uuid        CONSTRAINT moderation_act_pk PRIMARY KEY,
    channel_id uuid        NOT NULL CONSTRAINT moderation_act_channel_fk REFERENCES channel ON DELETE CASCADE,
    actor_id   uuid        NOT NULL CONSTRAINT moderation_act_actor_fk REFERENCES app_user,
    action     text        NOT NULL CONSTRAINT moderation_act_action CHECK (action IN (
                               'role_changed', 'muted', 'unmuted', 'banned', 'unbanned', 'removed', 'message_deleted',
                               'settings_changed', 'report_dismissed', 'report_upheld')),
    user_id    uuid        CONSTRAINT moderation_act_user_fk REFERENCES app_user,
    seq        bigint,
    reason     text        NOT NULL DEFAULT '',
    details    jsonb       NOT NULL DEFAULT '{}',
    acted_at   timestamptz NOT NULL
);

-- Serves the record of a channel, newest first.
CREATE INDEX moderation_act_channel_idx ON moderation_act (channel_id, id DESC);

CREATE FUNCTION refuse_change_of_act() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What moderators did stays on record' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER moderation_act_stays BEFORE UPDATE ON moderation_act
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_act();
