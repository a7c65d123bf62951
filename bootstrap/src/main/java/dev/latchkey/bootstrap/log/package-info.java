/**
 * The log: one stream of lines, as text for people or as JSON for machines. Nobody who writes into
 * a value can begin a line of their own.
 */
@NullMarked
package dev.latchkey.bootstrap.log;

import org.jspecify.annotations.NullMarked;
