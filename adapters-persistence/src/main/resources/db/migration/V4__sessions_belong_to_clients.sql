-- Sessions from before belong to the client that was the only one. No exchange writes the column.

ALTER TABLE sessions ADD COLUMN client_id text NOT NULL DEFAULT 'latchkey';
ALTER TABLE sessions ALTER COLUMN client_id DROP DEFAULT;

COMMENT ON COLUMN sessions.client_id IS 'The client that started the session, and alone may exchange its tokens.';
