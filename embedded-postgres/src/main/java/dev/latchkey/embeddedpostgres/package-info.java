/**
 * A durable PostgreSQL for a program whose user configured none: real binaries, no administration.
 *
 * <p>This package makes, starts, watches and restarts the server, and keeps the data directory with
 * its secrets. It knows nothing of what is stored in the database, nor of the program that uses it.
 */
@NullMarked
package dev.latchkey.embeddedpostgres;

import org.jspecify.annotations.NullMarked;
