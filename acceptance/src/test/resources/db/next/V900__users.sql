-- Everything that docs/database.md allows a migration to do, here to the table of users.
ALTER TABLE users
  ADD COLUMN next_optional  text,
  ADD COLUMN next_mandatory text NOT NULL DEFAULT 'by default';

UPDATE users SET next_optional = username WHERE next_optional IS NULL;
