-- Why: users whose time can be booked, the time that is, and what was thought of it. Two bookings of one creator cannot overlap.
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- What is between words is ASCII, Latin-1 and general punctuation, whatever the database's locale calls a letter.
CREATE FUNCTION words_of(text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN array_to_tsvector(array_remove(regexp_split_to_array(lower($1),
        '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]+'), ''));

CREATE TABLE creator (
    id              uuid        CONSTRAINT creator_pk PRIMARY KEY CONSTRAINT creator_user_fk REFERENCES app_user,
    headline        text        NOT NULL CONSTRAINT creator_headline_length CHECK (char_length(headline) BETWEEN 1 AND 140),
    bio             text        NOT NULL DEFAULT '' CONSTRAINT creator_bio_length CHECK (char_length(bio) <= 5000),
    categories      text[]      NOT NULL DEFAULT '{}' CONSTRAINT creator_categories CHECK (cardinality(categories) <= 10),
    languages       text[]      NOT NULL DEFAULT '{}' CONSTRAINT creator_languages CHECK (cardinality(languages) <= 10),
    price_tokens    bigint      NOT NULL CONSTRAINT creator_price_tokens CHECK (price_tokens BETWEEN 0 AND 1000000000),
    price_per_minute_tokens bigint,
    session_minutes integer     NOT NULL CONSTRAINT creator_session_minutes CHECK (session_minutes BETWEEN 5 AND 480),
    time_zone       text        NOT NULL CONSTRAINT creator_time_zone_length CHECK (char_length(time_zone) BETWEEN 1 AND 64),
    words           tsvector    NOT NULL,
    created_at      timestamptz NOT NULL,
    version         integer     NOT NULL DEFAULT 0,
    session_count   integer     NOT NULL DEFAULT 0 CONSTRAINT creator_session_count CHECK (session_count >= 0),
    rating_count    integer     NOT NULL DEFAULT 0 CONSTRAINT creator_rating_count CHECK (rating_count >= 0),
    rating_sum      bigint      NOT NULL DEFAULT 0 CONSTRAINT creator_rating_sum CHECK (rating_sum BETWEEN rating_count AND 5 * rating_count),
    CONSTRAINT creator_price_is_that_of_its_minutes CHECK (price_tokens = price_per_minute_tokens * session_minutes),
    rating_score    double precision NOT NULL GENERATED ALWAYS AS ((rating_sum + 35) / (rating_count + 10)::double precision) STORED
);

-- Serve the lists of creators.
CREATE INDEX creator_rating_idx ON creator (rating_score DESC, id DESC);
CREATE INDEX creator_sessions_idx ON creator (session_count DESC, id DESC);
CREATE INDEX creator_created_idx ON creator (created_at DESC, id DESC);
CREATE INDEX creator_price_idx ON creator (price_tokens, id);

-- Serves their filters. Counting changes rows often, and what is pending would slow down every search.
CREATE INDEX creator_search_idx ON creator USING gin (categories, languages, words) WITH (fastupdate = off);

COMMENT ON COLUMN creator.price_tokens IS 'Of a session.';
COMMENT ON COLUMN creator.price_per_minute_tokens IS 'Null where the price was set for a session.';
COMMENT ON COLUMN creator.words IS 'Of the names, the headline and the categories; kept by triggers here and on app_user.';
COMMENT ON COLUMN creator.session_count IS 'Of completed sessions; kept by triggers on creator_session.';
COMMENT ON COLUMN creator.rating_count IS 'With rating_sum kept by triggers on session_rating.';
COMMENT ON COLUMN creator.rating_score IS 'Bayesian mean: as if there were ten ratings of 3.5 besides, so that one of five stars does not lead.';

-- The lock keeps a name from changing before this row can be seen, and thus changed with it.
CREATE FUNCTION gather_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT words_of(concat_ws(' ', username, display_name, NEW.headline, array_to_string(NEW.categories, ' ')))
    INTO STRICT NEW.words FROM app_user WHERE id = NEW.id FOR SHARE;
    RETURN NEW;
END $$;

CREATE TRIGGER creator_words BEFORE INSERT OR UPDATE OF headline, categories ON creator
    FOR EACH ROW EXECUTE FUNCTION gather_words();

CREATE FUNCTION rename_creator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE creator SET headline = headline WHERE id = NEW.id;
    RETURN NULL;
END $$;

CREATE TRIGGER app_user_renamed AFTER UPDATE OF username, display_name ON app_user
    FOR EACH ROW WHEN ((OLD.username, OLD.display_name) IS DISTINCT FROM (NEW.username, NEW.display_name))
    EXECUTE FUNCTION rename_creator();

-- Hours of the week, in the creator's time zone, in minutes of the day; 1 is Monday (ISO 8601).
CREATE TABLE creator_hours (
    creator_id  uuid     NOT NULL CONSTRAINT creator_hours_creator_fk REFERENCES creator ON DELETE CASCADE,
    day         smallint NOT NULL CONSTRAINT creator_hours_day CHECK (day BETWEEN 1 AND 7),
    from_minute integer  NOT NULL CONSTRAINT creator_hours_from CHECK (from_minute >= 0),
    to_minute   integer  NOT NULL CONSTRAINT creator_hours_to CHECK (to_minute > from_minute AND to_minute <= 1440),
    CONSTRAINT creator_hours_pk PRIMARY KEY (creator_id, day, from_minute),
    CONSTRAINT creator_hours_apart EXCLUDE USING gist (creator_id WITH =, day WITH =, int4range(from_minute, to_minute) WITH &&)
);

-- Hours of one date, instead of those of the week; without minutes the date has none, and no other row either.
CREATE TABLE creator_date (
    creator_id  uuid    NOT NULL CONSTRAINT creator_date_creator_fk REFERENCES creator ON DELETE CASCADE,
    date        date    NOT NULL,
    from_minute integer CONSTRAINT creator_date_from CHECK (from_minute >= 0),
    to_minute   integer CONSTRAINT creator_date_to CHECK (to_minute > from_minute AND to_minute <= 1440),
    CONSTRAINT creator_date_has_both CHECK ((from_minute IS NULL) = (to_minute IS NULL)),
    -- Serves the dates of a creator, too. A range without bounds overlaps all others.
    CONSTRAINT creator_date_apart EXCLUDE USING gist (creator_id WITH =, date WITH =, int4range(from_minute, to_minute) WITH &&)
);

CREATE TABLE creator_session (
    id               uuid        CONSTRAINT creator_session_pk PRIMARY KEY,
    creator_id       uuid        NOT NULL CONSTRAINT creator_session_creator_fk REFERENCES creator,
    user_id          uuid        NOT NULL CONSTRAINT creator_session_user_fk REFERENCES app_user,
    status           text        NOT NULL CONSTRAINT creator_session_status CHECK (status IN
                                 ('hold', 'confirmed', 'in_progress', 'completed', 'cancelled', 'expired', 'no_show')),
    starts_at        timestamptz NOT NULL,
    ends_at          timestamptz NOT NULL,
    price_tokens     bigint      NOT NULL CONSTRAINT creator_session_price_tokens CHECK (price_tokens >= 0),
    token_hold_id    uuid,
    hold_expires_at  timestamptz,
    refundable_until timestamptz NOT NULL,
    created_at       timestamptz NOT NULL,
    version          integer     NOT NULL DEFAULT 0,
    CONSTRAINT creator_session_ends_after_its_start CHECK (ends_at > starts_at),
    CONSTRAINT creator_session_is_not_with_oneself CHECK (creator_id <> user_id),
    CONSTRAINT creator_session_hold_expires CHECK (status <> 'hold' OR hold_expires_at IS NOT NULL),
    CONSTRAINT creator_session_price_is_held CHECK ((price_tokens > 0) = (token_hold_id IS NOT NULL)),
    CONSTRAINT creator_session_rated_key UNIQUE (id, creator_id, status),
    -- Serves the taken time of a creator, too.
    CONSTRAINT creator_session_slot EXCLUDE USING gist (creator_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
        WHERE (status IN ('hold', 'confirmed', 'in_progress'))
);

-- Serve the sessions of a user, of a creator and of two people, newest first, and what is due.
CREATE INDEX creator_session_user_idx ON creator_session (user_id, id DESC);
CREATE INDEX creator_session_creator_idx ON creator_session (creator_id, id DESC);
CREATE INDEX creator_session_pair_idx ON creator_session (user_id, creator_id, id DESC);
CREATE INDEX creator_session_hold_idx ON creator_session (hold_expires_at) WHERE status = 'hold';
CREATE INDEX creator_session_open_idx ON creator_session (ends_at) WHERE status IN ('confirmed', 'in_progress');

COMMENT ON COLUMN creator_session.refundable_until IS 'Who has booked gets everything back until then; a later time does not come back by rescheduling.';

CREATE TABLE session_rating (
    session_id uuid        CONSTRAINT session_rating_pk PRIMARY KEY,
    creator_id uuid        NOT NULL,
    stars      smallint    NOT NULL CONSTRAINT session_rating_stars CHECK (stars BETWEEN 1 AND 5),
    text       text        NOT NULL DEFAULT '' CONSTRAINT session_rating_text_length CHECK (char_length(text) <= 2000),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version    integer     NOT NULL DEFAULT 0,
    status     text        NOT NULL GENERATED ALWAYS AS ('completed') STORED,
    -- Only what was completed is rated: nothing leaves that state.
    CONSTRAINT session_rating_session_fk FOREIGN KEY (session_id, creator_id, status)
        REFERENCES creator_session (id, creator_id, status)
);

-- Serves the ratings of a creator, newest first.
CREATE INDEX session_rating_creator_idx ON session_rating (creator_id, session_id DESC);

CREATE FUNCTION count_completed_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.status = 'completed' THEN
        UPDATE creator SET session_count = session_count - 1 WHERE id = OLD.creator_id;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.status = 'completed' THEN
        UPDATE creator SET session_count = session_count + 1 WHERE id = NEW.creator_id;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER creator_session_counted AFTER INSERT OR DELETE OR UPDATE OF status, creator_id ON creator_session
    FOR EACH ROW EXECUTE FUNCTION count_completed_sessions();

CREATE FUNCTION sum_ratings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        UPDATE creator SET rating_count = rating_count - 1, rating_sum = rating_sum - OLD.stars WHERE id = OLD.creator_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        UPDATE creator SET rating_count = rating_count + 1, rating_sum = rating_sum + NEW.stars WHERE id = NEW.creator_id;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER session_rating_summed AFTER INSERT OR DELETE OR UPDATE OF stars, creator_id ON session_rating
    FOR EACH ROW EXECUTE FUNCTION sum_ratings();
