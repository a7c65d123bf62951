ALTER TABLE sessions
  ADD COLUMN next_optional  text,
  ADD COLUMN next_mandatory integer NOT NULL DEFAULT 0;
