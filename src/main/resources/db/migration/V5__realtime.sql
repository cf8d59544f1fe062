-- Why: what happened reaches every client once it is committed, in order, though any node may die in between.
CREATE TABLE topic (
    name            text    CONSTRAINT topic_pk PRIMARY KEY CONSTRAINT topic_name_length CHECK (char_length(name) BETWEEN 1 AND 300),
    epoch           bigint  NOT NULL DEFAULT (extract(epoch FROM clock_timestamp()) * 1000)::bigint,
    last_offset     bigint  NOT NULL DEFAULT 0 CONSTRAINT topic_last_offset CHECK (last_offset >= 0),
    members         integer NOT NULL DEFAULT 0 CONSTRAINT topic_members CHECK (members >= 0),
    members_version bigint  NOT NULL DEFAULT (extract(epoch FROM clock_timestamp()) * 1000)::bigint,
    used_at         timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 60);

COMMENT ON COLUMN topic.epoch IS 'When the offsets began, in milliseconds: a topic that comes back has a later one.';
COMMENT ON COLUMN topic.last_offset IS 'Of the newest event; growing it locks the row until the commit, so that there are no gaps.';
COMMENT ON COLUMN topic.members_version IS 'Grows with every member that comes or goes.';

CREATE TABLE outbox (
    topic         text   NOT NULL,
    epoch         bigint NOT NULL,
    topic_offset  bigint NOT NULL,
    name          text   NOT NULL,
    data          text   NOT NULL,
    except_socket text,
    invalidates   text   NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Serves who missed something.
    CONSTRAINT outbox_pk PRIMARY KEY (topic, epoch, topic_offset)
);

-- Serves the sweeper and the pruning.
CREATE INDEX outbox_created_idx ON outbox (created_at);

COMMENT ON COLUMN outbox.invalidates IS 'Query keys that the event makes stale, separated by spaces.';

CREATE TABLE node (
    id      uuid        CONSTRAINT node_pk PRIMARY KEY,
    seen_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE presence (
    topic   text NOT NULL,
    user_id text NOT NULL,
    node_id uuid NOT NULL CONSTRAINT presence_node_fk REFERENCES node,
    info    text,
    -- Serves the members of a topic.
    CONSTRAINT presence_pk PRIMARY KEY (topic, user_id, node_id)
);

-- Serves the clearing of a node that died.
CREATE INDEX presence_node_idx ON presence (node_id);

COMMENT ON TABLE presence IS 'A node has connections of a user to a topic. A node that was cleared away cannot add any.';

CREATE TABLE occupancy (
    -- Names that begin alike are next to each other.
    topic       text COLLATE "C" NOT NULL,
    node_id     uuid    NOT NULL CONSTRAINT occupancy_node_fk REFERENCES node ON DELETE CASCADE,
    subscribers integer NOT NULL CONSTRAINT occupancy_subscribers CHECK (subscribers >= 0),
    -- Serves the subscribers of topics, and of all whose names begin alike.
    CONSTRAINT occupancy_pk PRIMARY KEY (topic, node_id)
) WITH (fillfactor = 70);

-- Serves the clearing of a node.
CREATE INDEX occupancy_node_idx ON occupancy (node_id);

COMMENT ON TABLE occupancy IS 'How many connections of a node listen to a topic; none for a while after the last has gone.';
