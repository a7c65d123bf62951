package dev.latchkey.bootstrap.postgres;

/**
 * The roles of a cluster. The service connects as an ordinary one, which owns the service's database and everything in
 * it and is allowed nothing beyond that: no files, no programs, no settings of the server. The superuser, without which
 * no cluster exists, has neither a password nor the right to log in; only PostgreSQL's single-user mode works as it.
 */
final class Roles {

  /** The name of the ordinary role and of its database. */
  static final String ORDINARY = "latchkey";

  static final String SUPERUSER = "latchkey_superuser";

  /** {@code pg_hba.conf}: who may connect, to what, from where, and how it is authenticated. */
  static final String CONNECTIONS =
      """
      # Written by Latchkey at its start.
      host latchkey latchkey 127.0.0.1/32 scram-sha-256
      """;

  /** For a new cluster, whose superuser still has the password that the ordinary role is to have. */
  static final String CREATE =
      """
      DO $$
      BEGIN
        EXECUTE format('CREATE ROLE latchkey LOGIN PASSWORD %L',
            (SELECT rolpassword FROM pg_authid WHERE rolname = 'latchkey_superuser'));
      END
      $$;

      ALTER ROLE latchkey_superuser NOLOGIN PASSWORD NULL;

      CREATE DATABASE latchkey OWNER latchkey;

      """;

  /**
   * For a cluster of an earlier Latchkey, in which the service's role is the superuser; does nothing in others. The
   * role that a cluster is made with stays a superuser for ever, so it gets another name, and a new role gets its old
   * name, its password and the objects it owned. One statement is one transaction: a crash leaves the cluster as it was
   * before or as it is afterwards. PostgreSQL's own objects have numbers below 16384.
   */
  static final String DEMOTE =
      """
      DO $$
      DECLARE
        first_role integer := 10;
        verifier text := (SELECT rolpassword FROM pg_authid WHERE rolname = 'latchkey');
        command text;
      BEGIN
        IF NOT (SELECT rolsuper FROM pg_authid WHERE rolname = 'latchkey') THEN
          RETURN;
        END IF;
        -- Nobody can rename the role of their own session.
        CREATE ROLE latchkey_handover SUPERUSER;
        SET SESSION AUTHORIZATION latchkey_handover;
        ALTER ROLE latchkey RENAME TO latchkey_superuser;
        SET SESSION AUTHORIZATION latchkey_superuser;
        DROP ROLE latchkey_handover;
        ALTER ROLE latchkey_superuser NOLOGIN PASSWORD NULL;
        EXECUTE format('CREATE ROLE latchkey LOGIN PASSWORD %L', verifier);
        ALTER DATABASE latchkey OWNER TO latchkey;
        FOR command IN
          WITH members_of_extensions AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e'),
          owned AS (
            SELECT 'pg_namespace'::regclass AS classid, oid AS objid, 'SCHEMA' AS kind, quote_ident(nspname) AS name
            FROM pg_namespace
            WHERE nspowner = first_role AND nspname NOT LIKE 'pg\\_%'
            UNION ALL
            SELECT 'pg_class'::regclass, oid, 'TABLE', oid::regclass::text
            FROM pg_class
            WHERE relowner = first_role AND relkind IN ('r', 'p', 'f', 'v', 'm') AND relpersistence <> 't'
            UNION ALL
            -- Those of columns follow their tables.
            SELECT 'pg_class'::regclass, s.oid, 'SEQUENCE', s.oid::regclass::text
            FROM pg_class s
            WHERE relowner = first_role AND relkind = 'S' AND relpersistence <> 't'
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
                  AND d.objid = s.oid AND d.deptype IN ('a', 'i'))
            UNION ALL
            SELECT 'pg_proc'::regclass, oid, 'ROUTINE', oid::regprocedure::text
            FROM pg_proc
            WHERE proowner = first_role
            UNION ALL
            SELECT 'pg_type'::regclass, t.oid, 'TYPE', t.oid::regtype::text
            FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
            WHERE typowner = first_role AND (typtype IN ('d', 'e', 'r') OR typtype = 'c' AND c.relkind = 'c')
          )
          SELECT format('ALTER %s %s OWNER TO latchkey', kind, name) FROM owned
          WHERE objid >= 16384 AND (classid, objid) NOT IN (SELECT classid, objid FROM members_of_extensions)
        LOOP
          EXECUTE command;
        END LOOP;
      END
      $$;

      """;

  private Roles() {}
}
