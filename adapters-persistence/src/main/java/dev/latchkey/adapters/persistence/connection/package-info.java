/**
 * What the tables have in common: transactions, statements that several callers share, and what
 * happens to a connection, a statement or a caller when the database is unavailable. A repository
 * is annotated {@code ReportsOutages}; an interceptor translates its exceptions.
 */
@NullMarked
package dev.latchkey.adapters.persistence.connection;

import org.jspecify.annotations.NullMarked;
