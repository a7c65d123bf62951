/** The service as it is, over HTTP and on PostgreSQL, with tokens that the tests sign. */
@NullMarked
package dev.latchkey.examples.tasks;

import org.jspecify.annotations.NullMarked;
