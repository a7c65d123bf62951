-- What a session takes in PostgreSQL, and what its exchanges write: for docs/scaling.md. Needs a database of its own with the
-- tables of Latchkey (a service that has been started on it once makes them), and takes a few minutes for a million sessions:
--   psql -v sessions=1000000 -f benchmarks/session-sizes.sql latchkey
\set ON_ERROR_STOP on
\pset footer off

INSERT INTO users (id, username, username_key, email, email_key, password_hash, roles, status, created_at)
SELECT gen_random_uuid(), 'person' || n, 'person' || n, 'person' || n || '@example.org', 'person' || n || '@example.org',
  '$argon2id$v=19$m=19456,t=2,p=1$' || substr(md5(n::text), 1, 22) || '$' || substr(md5(n::text) || md5('x' || n), 1, 43),
  '{user}', 'ACTIVE', now()
FROM generate_series(1, :sessions / 2) AS n;

INSERT INTO sessions (id, user_id, client_id, generation, master_key_id, salt, started_at, rotated_at, idle_expires_at,
  absolute_expires_at, client_address, client_network, user_agent)
SELECT gen_random_uuid(), u.id, 'latchkey', 0, 1, decode(md5(u.id::text || n), 'hex'), now(), now(), now() + interval '7 days',
  now() + interval '8 days' + random() * interval '22 days', '203.0.113.' || (n * 7) % 255,
  '203.0.113.' || (n * 7) % 255,
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36'
FROM users AS u CROSS JOIN generate_series(1, 2) AS n;

-- The second makes the settings of the first of the sessions visible: half of each page is free.
VACUUM ANALYZE users, sessions;

\echo Sizes, in bytes per row
SELECT relname AS table, reltuples::bigint AS rows,
  round((pg_table_size(oid) / reltuples)::numeric) AS heap, round((pg_indexes_size(oid) / reltuples)::numeric) AS indexes
FROM pg_class WHERE relname IN ('users', 'sessions');
SELECT indexrelid::regclass AS index, round((pg_relation_size(indexrelid) / reltuples)::numeric, 1) AS bytes
FROM pg_index JOIN pg_class ON pg_class.oid = indrelid WHERE relname IN ('users', 'sessions');
SELECT round(avg(pg_column_size(sessions.*))) AS "session row, without its page" FROM sessions;

CREATE TEMPORARY TABLE chosen AS SELECT id FROM sessions ORDER BY random() LIMIT 20000;
CREATE PROCEDURE pg_temp.exchange_chosen() LANGUAGE plpgsql AS $$
DECLARE one uuid;
BEGIN
  FOR one IN SELECT id FROM chosen LOOP
    UPDATE sessions SET generation = generation + 1, rotated_at = now(), idle_expires_at = least(now() + interval '7 days',
      absolute_expires_at) WHERE id = one AND generation >= 0 AND revoked_at IS NULL;
    COMMIT;
  END LOOP;
END $$;

SELECT pg_stat_reset_single_table_counters('sessions'::regclass);
CHECKPOINT;
\echo Write-ahead log of an exchange, the first of its page after a checkpoint
SELECT pg_current_wal_insert_lsn() AS before \gset
CALL pg_temp.exchange_chosen();
SELECT (pg_current_wal_insert_lsn() - :'before') / 20000 AS bytes;
\echo The same again, before the next checkpoint
SELECT pg_current_wal_insert_lsn() AS before \gset
CALL pg_temp.exchange_chosen();
SELECT (pg_current_wal_insert_lsn() - :'before') / 20000 AS bytes;
CHECKPOINT;
\echo The first after a checkpoint, with wal_compression
SET wal_compression = 'lz4';
SELECT pg_current_wal_insert_lsn() AS before \gset
CALL pg_temp.exchange_chosen();
SELECT (pg_current_wal_insert_lsn() - :'before') / 20000 AS bytes;
SELECT pg_stat_force_next_flush();
SELECT n_tup_upd AS updates, n_tup_hot_upd AS "heap-only" FROM pg_stat_user_tables WHERE relname = 'sessions';
