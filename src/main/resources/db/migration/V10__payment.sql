-- Why: tokens are bought and cashed out for money, which providers move and tell of when they like.
CREATE TABLE payment (
    id              uuid        CONSTRAINT payment_pk PRIMARY KEY,
    user_id         uuid        NOT NULL CONSTRAINT payment_user_fk REFERENCES app_user,
    kind            text        NOT NULL CONSTRAINT payment_kind CHECK (kind IN ('purchase', 'cash_out')),
    provider        text        NOT NULL CONSTRAINT payment_provider CHECK (provider IN ('stripe', 'manual')),
    tokens          bigint      NOT NULL CONSTRAINT payment_tokens CHECK (tokens > 0),
    fee_tokens      bigint      NOT NULL CONSTRAINT payment_fee_tokens CHECK (fee_tokens >= 0 AND fee_tokens < tokens AND (fee_tokens = 0 OR kind = 'cash_out')),
    amount          bigint      NOT NULL CONSTRAINT payment_amount CHECK (amount > 0 AND amount % (tokens - fee_tokens) = 0),
    currency        text        NOT NULL CONSTRAINT payment_currency CHECK (currency ~ '^[a-z]{3}$'),
    destination     text        CONSTRAINT payment_destination CHECK ((destination IS NOT NULL) = (kind = 'cash_out')),
    status          text        NOT NULL CONSTRAINT payment_status CHECK (status IN ('requires_payment', 'processing', 'failed', 'cancelled', 'succeeded', 'refunded')),
    failure_code    text        CONSTRAINT payment_failure_code CHECK (failure_code IS NULL OR status = 'failed'),
    told_refund     bigint      NOT NULL DEFAULT 0 CONSTRAINT payment_told_refund CHECK (told_refund >= 0),
    refunded_amount bigint      NOT NULL DEFAULT 0 CONSTRAINT payment_refunded_amount CHECK (refunded_amount BETWEEN 0 AND amount),
    refunded_tokens bigint      NOT NULL GENERATED ALWAYS AS (refunded_amount / (amount / (tokens - fee_tokens))) STORED,
    uncovered_tokens bigint     NOT NULL DEFAULT 0 CONSTRAINT payment_uncovered_tokens CHECK (uncovered_tokens BETWEEN 0 AND tokens),
    provider_ref    text,
    call_due_at     timestamptz,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    version         integer     NOT NULL DEFAULT 0,
    -- Finds the payment that a provider tells of.
    CONSTRAINT payment_provider_ref_key UNIQUE (provider, provider_ref),
    CONSTRAINT payment_refunded CHECK ((status = 'refunded') = (refunded_amount > 0)),
    CONSTRAINT payment_uncovered CHECK (uncovered_tokens = 0 OR status IN ('succeeded', 'refunded'))
);

-- Serve the lists of a user's payments, newest first, of all and of a status, from the index alone.
CREATE INDEX payment_user_idx ON payment (user_id, id DESC)
    INCLUDE (kind, provider, tokens, fee_tokens, amount, currency, destination, status, failure_code, refunded_tokens, call_due_at, created_at, updated_at, version);
CREATE INDEX payment_user_status_idx ON payment (user_id, status, id DESC)
    INCLUDE (kind, provider, tokens, fee_tokens, amount, currency, destination, failure_code, refunded_tokens, call_due_at, created_at, updated_at, version);

-- Serves the list of an admin, of a status; the list of all has the primary key.
CREATE INDEX payment_status_idx ON payment (status, id DESC);

-- Serves the search for those whose provider is to be asked again.
CREATE INDEX payment_call_due_idx ON payment (call_due_at) WHERE call_due_at IS NOT NULL;

COMMENT ON COLUMN payment.id IS 'Of version 7: payments are listed in the order in which they were asked for.';
COMMENT ON COLUMN payment.amount IS 'In minor units of the currency; a whole number of them for each token.';
COMMENT ON COLUMN payment.told_refund IS 'The most that the provider said was given back in total, in minor units.';
COMMENT ON COLUMN payment.uncovered_tokens IS 'Those that were to be taken back and had been spent.';
COMMENT ON COLUMN payment.call_due_at IS 'When the provider is asked again; null where it has answered.';

CREATE TABLE payment_refund (
    payment_id  uuid        NOT NULL CONSTRAINT payment_refund_payment_fk REFERENCES payment,
    ref         text        NOT NULL,
    amount      bigint      NOT NULL CONSTRAINT payment_refund_amount CHECK (amount > 0),
    state       text        NOT NULL CONSTRAINT payment_refund_state CHECK (state IN ('pending', 'succeeded', 'failed', 'refused')),
    call_due_at timestamptz CONSTRAINT payment_refund_call_due CHECK (call_due_at IS NULL OR state = 'pending'),
    created_at  timestamptz NOT NULL,
    CONSTRAINT payment_refund_pk PRIMARY KEY (payment_id, ref)
);

-- Serves the search for those whose provider is to be asked again.
CREATE INDEX payment_refund_call_due_idx ON payment_refund (call_due_at) WHERE call_due_at IS NOT NULL;

COMMENT ON COLUMN payment_refund.ref IS 'Our id of it, or the provider''s where it was not asked for here.';

-- What was heard, so that it is heard once.
CREATE TABLE payment_event (
    provider text        NOT NULL,
    event_id text        NOT NULL,
    heard_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT payment_event_pk PRIMARY KEY (provider, event_id)
);

-- Serves the pruning of what is not told any more.
CREATE INDEX payment_event_heard_idx ON payment_event (heard_at);
