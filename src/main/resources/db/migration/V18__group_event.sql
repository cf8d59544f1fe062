-- Why: people who have a link say when they can, and see when most can.
CREATE TABLE group_event (
    id                 uuid        CONSTRAINT group_event_pk PRIMARY KEY,
    token              text        NOT NULL,
    token_hash         bytea       NOT NULL CONSTRAINT group_event_token_key UNIQUE,
    organizer_key_hash bytea       NOT NULL,
    owner_id           uuid        CONSTRAINT group_event_owner_fk REFERENCES app_user ON DELETE SET NULL,
    title              text        NOT NULL CONSTRAINT group_event_title_length CHECK (char_length(title) BETWEEN 1 AND 200),
    description        text        NOT NULL DEFAULT '' CONSTRAINT group_event_description_length CHECK (char_length(description) <= 5000),
    time_zone          text        NOT NULL,
    dates              date[]      NOT NULL DEFAULT '{}',
    weekdays           text[]      NOT NULL DEFAULT '{}',
    week               date        CONSTRAINT group_event_week_begins_on_monday CHECK (date_part('isodow', week) = 1),
    from_minute        integer     NOT NULL CONSTRAINT group_event_from CHECK (from_minute BETWEEN 0 AND 1439),
    to_minute          integer     NOT NULL CONSTRAINT group_event_to CHECK (to_minute BETWEEN 1 AND 1440),
    slot_minutes       integer     NOT NULL CONSTRAINT group_event_slot_minutes CHECK (slot_minutes IN (5, 10, 15, 30, 60, 1440)),
    deadline           timestamptz,
    max_participants   integer     NOT NULL CONSTRAINT group_event_max_participants CHECK (max_participants BETWEEN 1 AND 500),
    is_blind           boolean     NOT NULL DEFAULT false,
    hides_names        boolean     NOT NULL DEFAULT false,
    allows_if_needed   boolean     NOT NULL DEFAULT true,
    participants_finalize boolean  NOT NULL DEFAULT false,
    final_slot         integer     CONSTRAINT group_event_final_slot CHECK (final_slot >= 0),
    final_slots        integer     CONSTRAINT group_event_final_slots CHECK (final_slots >= 1),
    finalized_at       timestamptz,
    created_at         timestamptz NOT NULL,
    changed_at         timestamptz NOT NULL,
    expires_at         timestamptz NOT NULL,
    told_at            timestamptz NOT NULL DEFAULT '-infinity',
    has_news           boolean     NOT NULL DEFAULT false,
    all_answered_at    timestamptz,
    next_webhook_at    timestamptz,
    version            integer     NOT NULL DEFAULT 0,
    CONSTRAINT group_event_final_time CHECK ((final_slot IS NULL) = (final_slots IS NULL)),
    CONSTRAINT group_event_finalized CHECK (finalized_at IS NULL OR final_slot IS NOT NULL),
    CONSTRAINT group_event_hours CHECK (from_minute < to_minute),
    CONSTRAINT group_event_has_days CHECK ((cardinality(dates) > 0) <> (cardinality(weekdays) > 0)),
    CONSTRAINT group_event_week_is_of_weekdays CHECK (week IS NULL OR cardinality(weekdays) > 0)
);

-- Serves the erasure of a user.
CREATE INDEX group_event_owner_idx ON group_event (owner_id) WHERE owner_id IS NOT NULL;

-- Serves the purge of those that have expired.
CREATE INDEX group_event_expires_idx ON group_event (expires_at);

-- Serve what was left to tell by a node that died.
CREATE INDEX group_event_news_idx ON group_event (told_at) WHERE has_news;
CREATE INDEX group_event_all_answered_idx ON group_event (next_webhook_at) WHERE all_answered_at IS NOT NULL;

COMMENT ON COLUMN group_event.token_hash IS 'What an event is found by: how far a guess is right does not show in the time that takes.';
COMMENT ON COLUMN group_event.week IS 'The Monday of the week that the weekdays are of; null where they are of any week.';
COMMENT ON COLUMN group_event.final_slot IS 'When it will be, as a position in the list of slots; it stays when the event is reopened, for calendars to forget.';
COMMENT ON COLUMN group_event.finalized_at IS 'Null as long as people are asked.';
COMMENT ON COLUMN group_event.changed_at IS 'When the version last grew.';
COMMENT ON COLUMN group_event.has_news IS 'Whether something has changed since told_at that nobody was told of.';
COMMENT ON COLUMN group_event.all_answered_at IS 'When all had answered, until a webhook has said so.';
COMMENT ON COLUMN group_event.next_webhook_at IS 'Before this, no node tries to say so again.';
COMMENT ON COLUMN group_event.version IS 'Counts changes of what is asked and of when it will be, not answers.';

CREATE TABLE group_event_participant (
    id               uuid        CONSTRAINT group_event_participant_pk PRIMARY KEY,
    event_id         uuid        NOT NULL CONSTRAINT group_event_participant_event_fk REFERENCES group_event ON DELETE CASCADE,
    name             text        NOT NULL CONSTRAINT group_event_participant_name_length CHECK (char_length(name) BETWEEN 1 AND 80),
    time_zone        text,
    session_key_hash bytea       NOT NULL,
    user_id          uuid        CONSTRAINT group_event_participant_user_fk REFERENCES app_user ON DELETE SET NULL,
    yes              bytea       NOT NULL DEFAULT '',
    if_needed        bytea       NOT NULL DEFAULT '',
    created_at       timestamptz NOT NULL,
    answered_at      timestamptz,
    -- Serves the participants of an event, in the order in which they came.
    CONSTRAINT group_event_participant_event_key UNIQUE (event_id, id),
    CONSTRAINT group_event_participant_user_key UNIQUE (event_id, user_id)
);

-- Serves the erasure of a user.
CREATE INDEX group_event_participant_user_idx ON group_event_participant (user_id) WHERE user_id IS NOT NULL;

COMMENT ON COLUMN group_event_participant.yes IS 'A bit for each slot of the event, the lowest of the first byte for the first one.';

-- Who is erased took part as someone of whom nothing is known, and organizes nothing.
CREATE FUNCTION erase_from_group_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE group_event_participant SET name = '–', time_zone = NULL, user_id = NULL WHERE user_id = NEW.id;
    UPDATE group_event SET owner_id = NULL WHERE owner_id = NEW.id;
    RETURN NULL;
END $$;

CREATE TRIGGER app_user_erased_from_group_events AFTER UPDATE OF erased_at ON app_user
    FOR EACH ROW WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)
    EXECUTE FUNCTION erase_from_group_events();
