/**
 * What ties together everything that concerns one request: its id, in its answer and in every line
 * of the log that is written for it, and the trace of which it is a part.
 */
@NullMarked
package dev.latchkey.adapters.web.correlation;

import org.jspecify.annotations.NullMarked;
