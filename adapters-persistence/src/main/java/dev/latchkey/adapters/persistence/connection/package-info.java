/**
 * What the tables have in common: transactions, and what becomes of a connection, a statement or a
 * caller when the database cannot serve.
 */
@NullMarked
package dev.latchkey.adapters.persistence.connection;

import org.jspecify.annotations.NullMarked;
