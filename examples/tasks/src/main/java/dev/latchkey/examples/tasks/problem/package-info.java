/** Refusals, as problem details (RFC 9457) with a stable code. */
@NullMarked
package dev.latchkey.examples.tasks.problem;

import org.jspecify.annotations.NullMarked;
