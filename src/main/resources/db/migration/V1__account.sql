-- Why: people and machines that call the service, and how they prove who they are.

-- Ids of rows that SQL itself makes: UUIDs of version 7 (RFC 9562), ordered by the given time, in milliseconds.
CREATE FUNCTION uuid_v7(at timestamptz) RETURNS uuid
    LANGUAGE sql VOLATILE PARALLEL SAFE
    RETURN (lpad(to_hex(floor(extract(epoch FROM at) * 1000)::bigint), 12, '0')
            || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid;

CREATE TABLE app_user (
    id            uuid        CONSTRAINT app_user_pk PRIMARY KEY,
    username      text        NOT NULL CONSTRAINT app_user_username_length CHECK (char_length(username) BETWEEN 1 AND 120),
    display_name  text        NOT NULL CONSTRAINT app_user_display_name_length CHECK (char_length(display_name) BETWEEN 1 AND 120),
    password_hash text,
    role          text        NOT NULL CONSTRAINT app_user_role CHECK (role IN ('user', 'admin')),
    issuer        text,
    external_id   text,
    created_at    timestamptz NOT NULL,
    version       integer     NOT NULL DEFAULT 0,
    CONSTRAINT app_user_issuer_with_id CHECK ((issuer IS NULL) = (external_id IS NULL))
);

-- Names are unique whatever their case; serves sign-in.
CREATE UNIQUE INDEX app_user_username_key ON app_user (lower(username));

-- Serves the import of archives and the sign-in at another issuer.
CREATE UNIQUE INDEX app_user_external_key ON app_user (issuer, external_id) WHERE issuer IS NOT NULL;

COMMENT ON COLUMN app_user.issuer IS 'Who knows this user by external_id: an OIDC issuer, or archive.';
COMMENT ON COLUMN app_user.version IS 'Optimistic lock of the application.';

-- One sign-in on one device: what all refresh tokens that grew out of it have in common.
CREATE TABLE sign_in (
    id         uuid        CONSTRAINT sign_in_pk PRIMARY KEY,
    user_id    uuid        NOT NULL CONSTRAINT sign_in_user_fk REFERENCES app_user ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz
);

-- Serves the cascade from app_user.
CREATE INDEX sign_in_user_idx ON sign_in (user_id);

CREATE TABLE refresh_token (
    token_hash bytea       CONSTRAINT refresh_token_pk PRIMARY KEY,
    sign_in_id uuid        NOT NULL CONSTRAINT refresh_token_sign_in_fk REFERENCES sign_in ON DELETE CASCADE,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);

-- Serves the cascade from sign_in and the pruning of sign-ins whose tokens have all expired.
CREATE INDEX refresh_token_sign_in_idx ON refresh_token (sign_in_id, expires_at);

COMMENT ON COLUMN refresh_token.token_hash IS 'SHA-256 of the token; the token itself is nowhere.';

CREATE TABLE api_key (
    id          uuid        CONSTRAINT api_key_pk PRIMARY KEY,
    user_id     uuid        NOT NULL CONSTRAINT api_key_user_fk REFERENCES app_user ON DELETE CASCADE,
    name        text        NOT NULL CONSTRAINT api_key_name_length CHECK (char_length(name) BETWEEN 1 AND 80),
    secret_hash bytea       NOT NULL,
    scopes      text[]      NOT NULL CONSTRAINT api_key_scopes CHECK (cardinality(scopes) > 0),
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz
);

-- Serves the list of a user's keys, newest first.
CREATE INDEX api_key_user_idx ON api_key (user_id, id DESC);

COMMENT ON COLUMN api_key.secret_hash IS 'SHA-256 of the secret; the secret itself is shown once and kept nowhere.';
