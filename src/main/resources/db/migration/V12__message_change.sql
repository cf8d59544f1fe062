-- Why: messages are edited, deleted, answered, pinned and reacted to, and clients learn of all that they missed.
ALTER TABLE channel ADD COLUMN last_change bigint NOT NULL DEFAULT 0;

COMMENT ON COLUMN channel.last_change IS 'Number of the newest change; grown under the same lock as last_seq.';

ALTER TABLE message
    DROP CONSTRAINT message_text_length,
    ADD COLUMN version     integer     NOT NULL DEFAULT 0,
    ADD COLUMN edited_at   timestamptz,
    ADD COLUMN deleted_at  timestamptz,
    ADD COLUMN pinned_at   timestamptz,
    ADD COLUMN reply_to    bigint,
    ADD COLUMN reply_count integer     NOT NULL DEFAULT 0 CONSTRAINT message_reply_count CHECK (reply_count >= 0),
    ADD COLUMN attachments jsonb       NOT NULL DEFAULT '[]',
    ADD COLUMN reactions   jsonb       NOT NULL DEFAULT '[]',
    ADD CONSTRAINT message_text_length CHECK (
        external_id IS NOT NULL OR deleted_at IS NOT NULL OR attachments <> '[]' OR char_length(text) >= 1),
    ADD CONSTRAINT message_text_max CHECK (external_id IS NOT NULL OR char_length(text) <= 4096),
    ADD CONSTRAINT message_is_gone_when_deleted CHECK (
        deleted_at IS NULL OR (text = '' AND attachments = '[]' AND reactions = '[]' AND mentions = '{}' AND pinned_at IS NULL)),
    ADD CONSTRAINT message_replies_to_earlier CHECK (reply_to < seq),
    ADD CONSTRAINT message_reply_to_fk FOREIGN KEY (channel_id, reply_to) REFERENCES message;

COMMENT ON COLUMN message.reply_to IS 'The first message of the thread, which is no reply itself.';
COMMENT ON COLUMN message.reply_count IS 'Of those that are not deleted.';
COMMENT ON COLUMN message.reactions IS 'Table reaction as readers see it: written together with that, so that a page reads one row for each message.';

-- Serves the replies of a thread.
CREATE INDEX message_reply_idx ON message (channel_id, reply_to, seq) WHERE reply_to IS NOT NULL;

-- Serves what is pinned in a channel, latest first.
CREATE INDEX message_pinned_idx ON message (channel_id, pinned_at DESC) WHERE pinned_at IS NOT NULL;

-- What a message said before.
CREATE TABLE message_edit (
    channel_id  uuid        NOT NULL,
    seq         bigint      NOT NULL,
    version     integer     NOT NULL,
    text        text        NOT NULL,
    replaced_at timestamptz NOT NULL,
    CONSTRAINT message_edit_pk PRIMARY KEY (channel_id, seq, version),
    CONSTRAINT message_edit_message_fk FOREIGN KEY (channel_id, seq) REFERENCES message ON DELETE CASCADE
);

CREATE TABLE reaction (
    channel_id uuid        NOT NULL,
    seq        bigint      NOT NULL,
    emoji      text        NOT NULL CONSTRAINT reaction_emoji_length CHECK (char_length(emoji) BETWEEN 1 AND 32),
    user_id    uuid        NOT NULL CONSTRAINT reaction_user_fk REFERENCES app_user,
    reacted_at timestamptz NOT NULL,
    -- A set: who reacts twice in the same way has reacted once.
    CONSTRAINT reaction_pk PRIMARY KEY (channel_id, seq, emoji, user_id),
    CONSTRAINT reaction_message_fk FOREIGN KEY (channel_id, seq) REFERENCES message ON DELETE CASCADE
);

-- What happened in a channel, in order.
CREATE TABLE channel_change (
    channel_id uuid    NOT NULL CONSTRAINT channel_change_channel_fk REFERENCES channel ON DELETE CASCADE,
    change     bigint  NOT NULL CONSTRAINT channel_change_change CHECK (change > 0),
    type       text    NOT NULL CONSTRAINT channel_change_type CHECK (type IN ('created', 'edited', 'deleted', 'reaction')),
    seq        bigint  NOT NULL,
    actor_id   uuid,
    emoji      text,
    is_added   boolean,
    -- Serves what a client missed.
    CONSTRAINT channel_change_pk PRIMARY KEY (channel_id, change),
    CONSTRAINT channel_change_reaction CHECK (
        (type = 'reaction') = (emoji IS NOT NULL) AND (type = 'reaction') = (is_added IS NOT NULL))
);

COMMENT ON COLUMN channel_change.change IS '1, 2, 3 … without gaps.';

INSERT INTO channel_change (channel_id, change, type, seq, actor_id)
SELECT channel_id, seq, 'created', seq, author_id FROM message;

UPDATE channel SET last_change = last_seq WHERE last_seq > 0;

-- Every message is a change.
ALTER TABLE channel ADD CONSTRAINT channel_last_change CHECK (last_change >= last_seq);
