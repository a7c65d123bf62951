-- Keys that are compared byte by byte have the collation "C": their indexes survive a new locale library.

CREATE TABLE users (
  id            uuid        PRIMARY KEY,
  username      text        NOT NULL,
  username_key  text        COLLATE "C" NOT NULL CONSTRAINT users_username_is_unique UNIQUE,
  email         text        NOT NULL,
  email_key     text        COLLATE "C" NOT NULL CONSTRAINT users_email_is_unique UNIQUE,
  password_hash text        NOT NULL,
  first_name    text,
  last_name     text,
  roles         text[]      NOT NULL,
  status        text        NOT NULL CONSTRAINT users_status_is_known CHECK (status IN ('ACTIVE', 'DISABLED')),
  created_at    timestamptz NOT NULL
);

COMMENT ON TABLE users IS 'A person''s account.';
COMMENT ON COLUMN users.username_key IS 'The user name in the form in which names are compared.';
COMMENT ON COLUMN users.email_key IS 'The e-mail address in the form in which addresses are compared.';
COMMENT ON COLUMN users.password_hash IS 'PHC string format.';

CREATE TABLE sessions (
  id                  uuid        PRIMARY KEY,
  user_id             uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
  generation          integer     NOT NULL CONSTRAINT sessions_generation_counts CHECK (generation >= 0),
  master_key_id       smallint    NOT NULL CONSTRAINT sessions_master_key_id_is_a_byte
                                  CHECK (master_key_id BETWEEN 0 AND 255),
  salt                bytea       NOT NULL CONSTRAINT sessions_salt_has_16_bytes CHECK (octet_length(salt) = 16),
  started_at          timestamptz NOT NULL,
  rotated_at          timestamptz NOT NULL,
  idle_expires_at     timestamptz NOT NULL,
  absolute_expires_at timestamptz NOT NULL,
  exchange_key_hash   text,
  client_address      text,
  user_agent          text,
  revoked_at          timestamptz,
  revocation_reason   text,
  CONSTRAINT sessions_idle_within_absolute CHECK (idle_expires_at <= absolute_expires_at),
  CONSTRAINT sessions_revoked_for_a_reason CHECK ((revoked_at IS NULL) = (revocation_reason IS NULL))
)
-- An exchange writes a new version of the row. It touches no index (a heap-only tuple update) as long as it changes no
-- indexed column and finds room on the same page. Old versions give theirs back, but not while a backup or another long
-- transaction may still read them: half of each page stays free, one spare place for every row.
WITH (fillfactor = 50);

COMMENT ON TABLE sessions IS
  'One signed-in device, a family of refresh tokens. No token is stored: tokens are derived from generation and salt.'
  ' An exchange writes generation, master_key_id, rotated_at, idle_expires_at and exchange_key_hash:'
  ' none of them may ever be part of an index.';
COMMENT ON COLUMN sessions.generation IS 'Of the current refresh token; every exchange adds one.';
COMMENT ON COLUMN sessions.master_key_id IS 'The master key that the current refresh token is derived with.';
COMMENT ON COLUMN sessions.exchange_key_hash IS 'Salted hash of the idempotency key of the last exchange.';

CREATE INDEX sessions_of_user ON sessions (user_id);

CREATE TABLE signing_keys (
  number             integer     PRIMARY KEY CONSTRAINT signing_keys_number_counts CHECK (number > 0),
  id                 text        COLLATE "C" NOT NULL CONSTRAINT signing_keys_id_is_unique UNIQUE,
  algorithm          text        NOT NULL,
  public_key         bytea       NOT NULL,
  sealed_private_key bytea       NOT NULL,
  master_key_id      smallint    NOT NULL CONSTRAINT signing_keys_master_key_id_is_a_byte
                                 CHECK (master_key_id BETWEEN 0 AND 255),
  created_at         timestamptz NOT NULL
);

COMMENT ON TABLE signing_keys IS 'The keys that sign access tokens, shared by all nodes of an installation.';
COMMENT ON COLUMN signing_keys.number IS '1, 2, 3, …; of several nodes that add the next key at once, one wins.';
COMMENT ON COLUMN signing_keys.id IS 'The kid in the header of the tokens it signs.';
COMMENT ON COLUMN signing_keys.public_key IS 'X.509 SubjectPublicKeyInfo, DER.';
COMMENT ON COLUMN signing_keys.sealed_private_key IS 'PKCS #8, encrypted under a master key that is kept elsewhere.';
