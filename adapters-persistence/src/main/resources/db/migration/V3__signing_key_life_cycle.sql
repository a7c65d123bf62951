-- A signing key is pending, active, retiring or retired. Which of them follows from these columns and the time; it is
-- not written down, so that nothing has to be done at the moment when one key takes over from another.

-- The keys that there are sign already. How long their tokens may live was not written down: a day is longer than any
-- access token should live, and a node that issues longer ones writes that here.
ALTER TABLE signing_keys
  ADD COLUMN signs_from             timestamptz,
  ADD COLUMN token_lifetime_seconds bigint NOT NULL DEFAULT 86400
                                    CONSTRAINT signing_keys_token_lifetime_is_positive
                                    CHECK (token_lifetime_seconds > 0),
  ALTER COLUMN sealed_private_key DROP NOT NULL;

UPDATE signing_keys SET signs_from = created_at;

ALTER TABLE signing_keys
  ALTER COLUMN signs_from SET NOT NULL,
  ALTER COLUMN token_lifetime_seconds DROP DEFAULT;

COMMENT ON COLUMN signing_keys.sealed_private_key IS
  'PKCS #8, encrypted under a master key that is kept elsewhere. Null: erased, which retires the key for good.';
COMMENT ON COLUMN signing_keys.master_key_id IS 'The master key that the private key is encrypted under.';
COMMENT ON COLUMN signing_keys.signs_from IS
  'When the key takes over from the one before; it is published from its creation on.';
COMMENT ON COLUMN signing_keys.token_lifetime_seconds IS
  'The longest that a token of this key may live: that long it stays published after the next has taken over.';
