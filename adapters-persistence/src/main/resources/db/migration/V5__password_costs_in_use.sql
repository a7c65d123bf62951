-- A log-in asks which costs of password hashes are in use. A cost is what precedes salt and hash. The index lets the
-- question skip from one cost to the next, however many users share it.

CREATE INDEX users_by_password_cost
  ON users ((coalesce(substring(password_hash FROM '^(.+)\$[^$]*\$[^$]*$'), password_hash)) COLLATE "C");

CREATE VIEW users_with_cost AS
  SELECT password_hash,
         coalesce(substring(password_hash FROM '^(.+)\$[^$]*\$[^$]*$'), password_hash) COLLATE "C" AS cost
  FROM users;

COMMENT ON VIEW users_with_cost IS 'The cost of each password hash, as the index users_by_password_cost has it.';
