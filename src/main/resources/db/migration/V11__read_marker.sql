-- Why: how far each member has read, whom messages mention, and which channels a member mutes or pins.
ALTER TABLE membership
    ADD COLUMN read_seq  bigint  NOT NULL DEFAULT 0 CONSTRAINT membership_read_seq CHECK (read_seq >= 0),
    ADD COLUMN is_muted  boolean NOT NULL DEFAULT false,
    ADD COLUMN is_pinned boolean NOT NULL DEFAULT false;

COMMENT ON COLUMN membership.read_seq IS 'Of the last message that was read; what follows is unread, and is counted nowhere else.';

-- Who was in a channel before this was known has read it.
UPDATE membership SET read_seq = channel.last_seq FROM channel WHERE channel.id = membership.channel_id;

ALTER TABLE message ADD COLUMN mentions uuid[] NOT NULL DEFAULT '{}';

COMMENT ON COLUMN message.mentions IS 'Members, when it was written.';

CREATE TABLE mention (
    user_id    uuid   NOT NULL CONSTRAINT mention_user_fk REFERENCES app_user ON DELETE CASCADE,
    channel_id uuid   NOT NULL,
    seq        bigint NOT NULL,
    -- Counts what is unread of someone's mentions.
    CONSTRAINT mention_pk PRIMARY KEY (user_id, channel_id, seq),
    CONSTRAINT mention_message_fk FOREIGN KEY (channel_id, seq) REFERENCES message ON DELETE CASCADE
);

-- Finds the mentions of a message that goes.
CREATE INDEX mention_message_idx ON mention (channel_id, seq);
