/**
 * Users, sessions, signing keys, codes and mail in PostgreSQL, and the transactions that they are
 * changed in.
 *
 * <p>Each port has an adapter; an adapter turns what the domain knows into rows and hands them to a
 * repository, which contains the SQL. The schema is in {@code db/migration}. Nothing is decided
 * here: what must be true between concurrent callers is one conditional statement, whose row count
 * is the answer, or is kept true by a lock.
 */
@NullMarked
package dev.latchkey.adapters.persistence;

import org.jspecify.annotations.NullMarked;
