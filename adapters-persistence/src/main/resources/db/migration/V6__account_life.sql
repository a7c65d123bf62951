-- Limits to guessing, mailed codes, the outbox, and names that wait to be free again. Nodes of the version before know
-- none of these tables, and write neither of the new columns: both may be null.

ALTER TABLE users ADD COLUMN email_verified_at timestamptz;
COMMENT ON COLUMN users.email_verified_at IS 'When the user proved that the e-mail address is theirs; null: not yet.';

ALTER TABLE sessions ADD COLUMN client_network text;
COMMENT ON COLUMN sessions.client_network IS
  'The network that the log-in came from: an IPv4 address or the first 64 bits of an IPv6 one. No exchange writes it.';

-- A row is written when something was tried, and only then; half of each page stays free for its next version.
CREATE TABLE attempts (
  key     text        COLLATE "C" PRIMARY KEY,
  count   integer     NOT NULL CONSTRAINT attempts_count_counts CHECK (count > 0),
  last_at timestamptz NOT NULL
) WITH (fillfactor = 50);

COMMENT ON TABLE attempts IS
  'How often something was tried: wrong passwords by login, account, device and network; registrations; mails.';
COMMENT ON COLUMN attempts.key IS
  'What is counted, and by what. Logins and addresses are keyed digests: people type passwords into the wrong field.';

CREATE INDEX attempts_by_time ON attempts (last_at);

CREATE TABLE mailed_codes (
  code_hash  bytea       PRIMARY KEY CONSTRAINT mailed_codes_hash_has_32_bytes CHECK (octet_length(code_hash) = 32),
  purpose    text        NOT NULL,
  owner_id   uuid        NOT NULL,
  email      text        NOT NULL,
  expires_at timestamptz NOT NULL
);

COMMENT ON TABLE mailed_codes IS 'Codes that were mailed and not used: each for one purpose, one account and one address.';
COMMENT ON COLUMN mailed_codes.code_hash IS 'SHA-256 of a code of 120 random bits.';
COMMENT ON COLUMN mailed_codes.owner_id IS 'The user, or the registration that waits for its address to be verified.';

CREATE INDEX mailed_codes_of_owner ON mailed_codes (owner_id);
CREATE INDEX mailed_codes_by_expiry ON mailed_codes (expires_at);

CREATE TABLE registrations (
  id            uuid        PRIMARY KEY,
  username      text        NOT NULL,
  username_key  text        COLLATE "C" NOT NULL CONSTRAINT registrations_username_is_unique UNIQUE,
  email         text        NOT NULL,
  email_key     text        COLLATE "C" NOT NULL,
  password_hash text        NOT NULL,
  first_name    text,
  last_name     text,
  created_at    timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL
);

COMMENT ON TABLE registrations IS
  'Accounts to be, where addresses must be verified first. Several may have one address; who proves it first gets it.';

CREATE INDEX registrations_by_email ON registrations (email_key);
CREATE INDEX registrations_by_expiry ON registrations (expires_at);

CREATE TABLE released_usernames (
  username_key text        COLLATE "C" PRIMARY KEY,
  free_from    timestamptz NOT NULL
);

COMMENT ON TABLE released_usernames IS 'User names of deleted accounts, which nobody may take for a while. Nothing else is kept of them.';

CREATE INDEX released_usernames_by_time ON released_usernames (free_from);

CREATE TABLE outbox (
  id              uuid        PRIMARY KEY,
  kind            text        NOT NULL,
  email           text        NOT NULL,
  owner_id        uuid,
  details         text[]      NOT NULL,
  written_at      timestamptz NOT NULL,
  next_attempt_at timestamptz NOT NULL,
  attempts        integer     NOT NULL DEFAULT 0
);

COMMENT ON TABLE outbox IS
  'Mail to be sent, written with the transaction that wants it. It has no codes: they are made when it is sent.';
COMMENT ON COLUMN outbox.owner_id IS 'The user or the registration that it is about, if that was known.';
COMMENT ON COLUMN outbox.details IS 'What its text mentions besides: name, value, name, value, …';
COMMENT ON COLUMN outbox.next_attempt_at IS
  'When a node may take it next. A node that takes it moves this ahead first, so that no other sends it meanwhile.';

CREATE INDEX outbox_by_next_attempt ON outbox (next_attempt_at);
CREATE INDEX outbox_by_age ON outbox (written_at);
CREATE INDEX outbox_of_owner ON outbox (owner_id);
