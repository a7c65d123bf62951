-- Which migrations were executed is for the role that migrates to write. By default privileges (operation/roles.sql) the
-- role of the service can write every new table, so what it got of this one is taken back, but for reading.
DO $$
DECLARE
  reader regrole;
BEGIN
  FOR reader IN
    SELECT DISTINCT p.grantee::regrole
    FROM pg_class AS c, aclexplode(c.relacl) AS p
    WHERE c.oid = '"${flyway:defaultSchema}"."${flyway:table}"'::regclass
      AND p.grantee NOT IN (0, c.relowner) AND p.privilege_type <> 'SELECT'
  LOOP
    EXECUTE format('REVOKE ALL ON "${flyway:defaultSchema}"."${flyway:table}" FROM %s', reader);
    EXECUTE format('GRANT SELECT ON "${flyway:defaultSchema}"."${flyway:table}" TO %s', reader);
  END LOOP;
END
$$;
