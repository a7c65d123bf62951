-- The feed of ended sessions names those of a deleted account while their access tokens are valid. Nodes of the version
-- before delete accounts without a trace here, as they always did.

CREATE TABLE deleted_sessions (
  id       uuid        PRIMARY KEY,
  ended_at timestamptz NOT NULL
);

COMMENT ON TABLE deleted_sessions IS
  'Sessions that were deleted with their account, until the last of their access tokens has expired.';
COMMENT ON COLUMN deleted_sessions.ended_at IS 'When the account was deleted, or the session revoked before that.';

CREATE INDEX deleted_sessions_by_time ON deleted_sessions (ended_at);
