package dev.latchkey.embeddedpostgres;

import java.util.regex.Pattern;

/**
 * The roles of a cluster. The program connects as an ordinary one, which owns the program's
 * database and everything in it and is allowed nothing beyond that: no files, no programs, no
 * settings of the server. The superuser, without which no cluster exists, has neither a password
 * nor the right to log in; only PostgreSQL's single-user mode works as it.
 */
record Roles(String ordinary) {

  private static final Pattern NAME = Pattern.compile("[a-z_]{1,40}");

  /** {@code pg_hba.conf}: who may connect, to what, from where, and how it is authenticated. */
  private static final String CONNECTIONS =
      """
      # Written anew at every start.
      host @role@ @role@ 127.0.0.1/32 scram-sha-256
      """;

  /**
   * For a new cluster, whose superuser still has the password that the ordinary role is to have.
   */
  private static final String CREATE =
      """
      DO $$
      BEGIN
        EXECUTE format('CREATE ROLE @role@ LOGIN PASSWORD %L',
            (SELECT rolpassword FROM pg_authid WHERE rolname = '@role@_superuser'));
      END
      $$;

      ALTER ROLE @role@_superuser NOLOGIN PASSWORD NULL;

      CREATE DATABASE @role@ OWNER @role@;

      """;

  /**
   * For a cluster of an earlier version, in which the program's role is the superuser; does nothing
   * in others. The role that a cluster is made with stays a superuser for ever, so it gets another
   * name, and a new role gets its old name, its password and the objects it owned. One statement is
   * one transaction: a crash leaves the cluster as it was before or as it is afterwards.
   * PostgreSQL's own objects have numbers below 16384.
   */
  private static final String DEMOTE =
      """
      DO $$
      DECLARE
        first_role integer := 10;
        verifier text := (SELECT rolpassword FROM pg_authid WHERE rolname = '@role@');
        command text;
      BEGIN
        IF NOT (SELECT rolsuper FROM pg_authid WHERE rolname = '@role@') THEN
          RETURN;
        END IF;
        -- Nobody can rename the role of their own session.
        CREATE ROLE @role@_handover SUPERUSER;
        SET SESSION AUTHORIZATION @role@_handover;
        ALTER ROLE @role@ RENAME TO @role@_superuser;
        SET SESSION AUTHORIZATION @role@_superuser;
        DROP ROLE @role@_handover;
        ALTER ROLE @role@_superuser NOLOGIN PASSWORD NULL;
        EXECUTE format('CREATE ROLE @role@ LOGIN PASSWORD %L', verifier);
        ALTER DATABASE @role@ OWNER TO @role@;
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
          SELECT format('ALTER %s %s OWNER TO @role@', kind, name) FROM owned
          WHERE objid >= 16384 AND (classid, objid) NOT IN (SELECT classid, objid FROM members_of_extensions)
        LOOP
          EXECUTE command;
        END LOOP;
      END
      $$;

      """;

  /**
   * @param ordinary the name of the ordinary role and of its database
   * @throws IllegalArgumentException if it would have to be quoted
   */
  Roles {
    if (!NAME.matcher(ordinary).matches()) {
      throw new IllegalArgumentException(
          "the name of a role has small letters and underscores only");
    }
  }

  String superuser() {
    return ordinary + "_superuser";
  }

  String connections() {
    return named(CONNECTIONS);
  }

  String create() {
    return named(CREATE);
  }

  String demote() {
    return named(DEMOTE);
  }

  private String named(String text) {
    return text.replace("@role@", ordinary);
  }
}
