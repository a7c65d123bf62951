-- The clean-up finds what has ended by two indexes, on columns that no exchange writes: exchanges stay heap-only.

CREATE INDEX sessions_by_absolute_end ON sessions (absolute_expires_at);
CREATE INDEX sessions_by_revocation ON sessions (revoked_at) WHERE revoked_at IS NOT NULL;
