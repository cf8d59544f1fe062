-- Why: tokens that users buy, hold, spend and earn, in a double-entry ledger of which nothing is ever changed or deleted.
CREATE TABLE token_account (
    id         uuid        CONSTRAINT token_account_pk PRIMARY KEY DEFAULT uuid_v7(now()),
    kind       text        NOT NULL CONSTRAINT token_account_kind CHECK (kind IN ('user', 'escrow', 'revenue', 'fees', 'issuance')),
    user_id    uuid        CONSTRAINT token_account_user_fk REFERENCES app_user,
    balance    bigint      NOT NULL DEFAULT 0,
    last_seq   bigint      NOT NULL DEFAULT 0 CONSTRAINT token_account_last_seq CHECK (last_seq >= 0),
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT token_account_has_user CHECK ((user_id IS NOT NULL) = (kind IN ('user', 'escrow'))),
    CONSTRAINT token_account_covered CHECK (balance >= 0 OR kind = 'issuance'),
    -- Finds an account, and makes one user's only once.
    CONSTRAINT token_account_key UNIQUE NULLS NOT DISTINCT (user_id, kind)
) WITH (fillfactor = 50);

INSERT INTO token_account (kind) VALUES ('revenue'), ('fees'), ('issuance');

COMMENT ON COLUMN token_account.kind IS 'What a user may spend, what is held of it; commissions, fees for cashing out, and what is in circulation, negated.';
COMMENT ON COLUMN token_account.last_seq IS 'Of the newest entry, whose balance is that of the account.';

CREATE TABLE transfer (
    id         uuid        CONSTRAINT transfer_pk PRIMARY KEY,
    kind       text        NOT NULL CONSTRAINT transfer_kind CHECK (kind IN
                           ('grant', 'tip', 'hold', 'capture', 'release', 'expire', 'purchase', 'refund', 'cash_out')),
    subject_id uuid,
    created_at timestamptz NOT NULL
);

COMMENT ON COLUMN transfer.subject_id IS 'What the tokens moved for: a hold, a payment.';

-- Serves the transfers of a hold or a payment.
CREATE INDEX transfer_subject_idx ON transfer (subject_id) WHERE subject_id IS NOT NULL;

CREATE TABLE entry (
    account_id  uuid   NOT NULL CONSTRAINT entry_account_fk REFERENCES token_account,
    seq         bigint NOT NULL CONSTRAINT entry_seq CHECK (seq > 0),
    transfer_id uuid   NOT NULL,
    amount      bigint NOT NULL CONSTRAINT entry_amount CHECK (amount <> 0),
    balance     bigint NOT NULL,
    created_at  timestamptz NOT NULL,
    -- Serves the pages of an account.
    CONSTRAINT entry_pk PRIMARY KEY (account_id, seq)
);

-- Serves the statement of some time.
CREATE INDEX entry_created_idx ON entry (account_id, created_at);

-- Serves the sum of a transfer, and who it was with.
CREATE INDEX entry_transfer_idx ON entry (transfer_id);

COMMENT ON COLUMN entry.transfer_id IS 'That it exists is seen to by the trigger that looks at its sum: a foreign key would cost another look.';
COMMENT ON TABLE entry IS 'The entries of an account are numbered without gaps, and each says the balance after it: so the last one proves the sum of all.';

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER transfer_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON transfer
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Connections keep the plans of these functions: one that was made while the tables were small must not read all of them later.
-- Only single rows are looked up, so no other plan is ever better.

-- An entry goes on from the one before it. The rows are compared whole, since only the primary key has them in order: by account
-- alone, the planner of a small table may take another index, and then reads all entries of an account for each one.
CREATE FUNCTION require_chained_entries() RETURNS trigger LANGUAGE plpgsql
    SET enable_seqscan = off AS $$
DECLARE
    broken record;
BEGIN
    SELECT added.account_id, added.seq INTO broken
    FROM added
    LEFT JOIN LATERAL (
        SELECT account_id, seq, balance
        FROM entry
        WHERE (account_id, seq) < (added.account_id, added.seq)
        ORDER BY account_id DESC, seq DESC
        LIMIT 1
    ) previous ON previous.account_id = added.account_id
    WHERE added.seq <> coalesce(previous.seq, 0) + 1
       OR added.balance <> coalesce(previous.balance, 0) + added.amount
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'entry % of account % does not follow from the one before', broken.seq, broken.account_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_chained', TABLE = 'entry';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER entry_chained AFTER INSERT ON entry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION require_chained_entries();

-- It exists, and has two entries or more, which sum to zero.
CREATE FUNCTION require_balanced(moved uuid) RETURNS void LANGUAGE plpgsql
    SET enable_seqscan = off AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM transfer WHERE id = moved)
        OR (SELECT count(*) < 2 OR sum(amount) <> 0 FROM entry WHERE transfer_id = moved) THEN
        RAISE EXCEPTION 'transfer % does not balance', moved
            USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_balanced', TABLE = 'transfer';
    END IF;
END $$;

-- The balance of the last entry.
CREATE FUNCTION require_proven(account uuid) RETURNS void LANGUAGE plpgsql
    SET enable_seqscan = off AS $$
BEGIN
    IF NOT (SELECT last_seq = coalesce(newest.seq, 0) AND token_account.balance = coalesce(newest.balance, 0)
            FROM token_account
            LEFT JOIN LATERAL (SELECT seq, balance FROM entry WHERE account_id = account ORDER BY seq DESC LIMIT 1) newest ON true
            WHERE id = account) THEN
        RAISE EXCEPTION 'account % does not have the balance of its last entry', account
            USING ERRCODE = 'check_violation', CONSTRAINT = 'token_account_proven', TABLE = 'token_account';
    END IF;
END $$;

CREATE FUNCTION check_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM require_balanced(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION check_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM require_balanced(NEW.transfer_id), require_proven(NEW.account_id);
    RETURN NULL;
END $$;

CREATE FUNCTION check_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM require_proven(NEW.id);
    RETURN NULL;
END $$;

-- Deferred: the statements of a transaction come one after the other, and only what it commits must be sound.
CREATE CONSTRAINT TRIGGER transfer_sound AFTER INSERT ON transfer DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION check_transfer();
CREATE CONSTRAINT TRIGGER entry_sound AFTER INSERT ON entry DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION check_entry();
CREATE CONSTRAINT TRIGGER token_account_sound AFTER INSERT OR UPDATE ON token_account DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION check_account();

-- Tokens that are set aside: they go to someone, wholly or in part, or back.
CREATE TABLE token_hold (
    id         uuid        CONSTRAINT token_hold_pk PRIMARY KEY,
    payer_id   uuid        NOT NULL CONSTRAINT token_hold_payer_fk REFERENCES app_user,
    payee_id   uuid        NOT NULL CONSTRAINT token_hold_payee_fk REFERENCES app_user,
    amount     bigint      NOT NULL CONSTRAINT token_hold_amount CHECK (amount > 0),
    captured   bigint      NOT NULL DEFAULT 0,
    status     text        NOT NULL DEFAULT 'held' CONSTRAINT token_hold_status CHECK (status IN ('held', 'captured', 'released', 'expired')),
    expires_at timestamptz,
    created_at timestamptz NOT NULL,
    CONSTRAINT token_hold_is_for_another CHECK (payer_id <> payee_id),
    CONSTRAINT token_hold_captured CHECK (captured BETWEEN 0 AND amount AND (captured > 0) = (status = 'captured'))
);

-- Serve the open holds of who pays and of who is paid, newest first, and those that are due.
CREATE INDEX token_hold_payer_idx ON token_hold (payer_id, id DESC);
CREATE INDEX token_hold_payee_idx ON token_hold (payee_id, id DESC);
CREATE INDEX token_hold_due_idx ON token_hold (expires_at) WHERE status = 'held';

COMMENT ON COLUMN token_hold.expires_at IS 'Null where something else ends it, such as the session that it pays for.';
