-- Why: a creating request that is repeated under its Idempotency-Key gets the first outcome again.
CREATE TABLE idempotent_request (
    caller      text        NOT NULL,
    key         text        NOT NULL,
    fingerprint bytea       NOT NULL,
    outcome     text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT idempotent_request_pk PRIMARY KEY (caller, key)
);

-- Serves the pruning of old outcomes.
CREATE INDEX idempotent_request_created_idx ON idempotent_request (created_at);

COMMENT ON COLUMN idempotent_request.fingerprint IS 'HMAC of the payload: tells another payload under the same key.';
