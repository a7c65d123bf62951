-- Two roles for Latchkey's database: one that migrates it and owns all tables, and one that serves, which can read and
-- write rows and nothing else. Run this as a superuser in Latchkey's database, whether it is empty or has been in use with
-- one role; run again, it changes nothing. Then give both roles a password, which psql sends hashed:
--
--   psql --dbname=latchkey --file=operation/roles.sql
--   psql --dbname=latchkey --command='\password latchkey_migration' --command='\password latchkey_service'
--
-- docs/database.md says more.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'latchkey_migration') THEN
    CREATE ROLE latchkey_migration LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'latchkey_service') THEN
    CREATE ROLE latchkey_service LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
  END IF;
END
$$;

-- Nobody else connects, or makes so much as a temporary table. (Superusers do, and the owner of the database.)
DO $$
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO latchkey_migration', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO latchkey_service', current_database());
END
$$;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO latchkey_migration;
GRANT USAGE ON SCHEMA public TO latchkey_service;

-- What is there already. Indexes, and sequences of columns, follow their tables.
DO $$
DECLARE
  command text;
BEGIN
  FOR command IN
    SELECT format('ALTER %s %s OWNER TO latchkey_migration',
        CASE relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, oid::regclass)
    FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v')
      AND relowner <> 'latchkey_migration'::regrole
  LOOP
    EXECUTE command;
  END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO latchkey_service;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO latchkey_service;

-- What later migrations will add.
ALTER DEFAULT PRIVILEGES FOR ROLE latchkey_migration IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO latchkey_service;
ALTER DEFAULT PRIVILEGES FOR ROLE latchkey_migration IN SCHEMA public
  GRANT USAGE ON SEQUENCES TO latchkey_service;

-- Which migrations were executed, the service may only read. Every migration sees to that again.
DO $$
BEGIN
  IF to_regclass('public.flyway_schema_history') IS NOT NULL THEN
    REVOKE INSERT, UPDATE, DELETE ON flyway_schema_history FROM latchkey_service;
  END IF;
END
$$;
