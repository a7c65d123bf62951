-- Everything that docs/database.md allows a migration to do to the tables that the previous version works with.
ALTER TABLE users
  ADD COLUMN next_optional  text,
  ADD COLUMN next_mandatory text NOT NULL DEFAULT 'by default';

ALTER TABLE sessions
  ADD COLUMN next_optional  text,
  ADD COLUMN next_mandatory integer NOT NULL DEFAULT 0;

CREATE TABLE next_table (
  id   uuid PRIMARY KEY,
  said text NOT NULL
);
CREATE INDEX next_table_by_said ON next_table (said);

CREATE OR REPLACE VIEW users_with_cost AS
  SELECT password_hash,
         coalesce(substring(password_hash FROM '^(.+)\$[^$]*\$[^$]*$'), password_hash) COLLATE "C" AS cost,
         created_at
  FROM users;

UPDATE users SET next_optional = username WHERE next_optional IS NULL;
