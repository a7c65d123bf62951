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
