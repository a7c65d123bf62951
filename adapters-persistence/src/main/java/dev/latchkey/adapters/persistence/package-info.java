/**
 * Users, sessions and signing keys in PostgreSQL, and the transactions that they are changed in.
 *
 * <p>Each port has an adapter; an adapter turns what the domain knows into rows and hands them to a repository, which
 * holds the SQL. Here belong statements and the schema ({@code db/migration}). Here does not belong any decision: what
 * must hold between concurrent callers is said in one conditional statement, whose row count is the answer.
 */
@NullMarked
package dev.latchkey.adapters.persistence;

import org.jspecify.annotations.NullMarked;
