-- Sessions from before become those of the first-party client. The default lets nodes of the version before go on adding
-- sessions while others are replaced. No exchange writes the column.

ALTER TABLE sessions ADD COLUMN client_id text NOT NULL DEFAULT 'latchkey';

COMMENT ON COLUMN sessions.client_id IS 'The client that started the session, and alone may exchange its tokens.';
