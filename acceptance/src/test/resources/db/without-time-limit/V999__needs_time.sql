-- Fails where a migration would be cut off.
DO $$
BEGIN
  IF current_setting('statement_timeout') <> '0' THEN
    RAISE EXCEPTION 'this migration could be cut off';
  END IF;
END
$$;
