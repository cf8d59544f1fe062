-- Why: who asks for it is forgotten, with all that they said.
ALTER TABLE app_user ADD COLUMN erased_at timestamptz;

COMMENT ON COLUMN app_user.erased_at IS 'Since then the row is the place of someone of whom nothing is known.';

-- Whose messages are still to be emptied; readers see nothing of them from the start.
CREATE TABLE chat_erasure (
    user_id uuid CONSTRAINT chat_erasure_pk PRIMARY KEY
                 CONSTRAINT chat_erasure_user_fk REFERENCES app_user ON DELETE CASCADE
);

CREATE FUNCTION begin_chat_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO chat_erasure (user_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE TRIGGER app_user_erased AFTER UPDATE OF erased_at ON app_user
    FOR EACH ROW WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)
    EXECUTE FUNCTION begin_chat_erasure();
