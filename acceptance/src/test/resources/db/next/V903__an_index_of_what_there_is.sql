DROP INDEX CONCURRENTLY IF EXISTS next_users_by_creation;
CREATE INDEX CONCURRENTLY next_users_by_creation ON users (created_at);
