/**
 * A PostgreSQL of its own for whoever configured none: real binaries, durable data, no administration.
 *
 * <p>Here belong the data directory, the secrets kept in it, and the life of the PostgreSQL server whose cluster lies
 * in it. Here does not belong what is stored in the database, nor anything of the web framework.
 */
@NullMarked
package dev.latchkey.bootstrap.postgres;

import org.jspecify.annotations.NullMarked;
