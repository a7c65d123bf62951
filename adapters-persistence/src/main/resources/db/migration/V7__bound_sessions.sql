-- Sessions that are bound to a key of their device (RFC 9449). Written when a session starts, and never changed.
ALTER TABLE sessions
  ADD COLUMN bound_key text,
  ADD COLUMN access_tokens_bound boolean;

COMMENT ON COLUMN sessions.bound_key IS
  'SHA-256 thumbprint of the key that a session is bound to (RFC 7638), in Base64url; null if it is not bound.';
COMMENT ON COLUMN sessions.access_tokens_bound IS
  'Whether access tokens are bound to the key as well, or the refresh token alone; null if the session is not bound.';
