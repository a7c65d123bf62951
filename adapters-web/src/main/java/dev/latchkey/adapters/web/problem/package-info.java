/**
 * Every refusal that callers of the API can meet, as problem details (RFC 9457) with a stable code.
 *
 * <p>{@link dev.latchkey.adapters.web.problem.ProblemCode} is the catalogue. What a problem says is
 * constant text; what really happened goes to the log.
 */
@NullMarked
package dev.latchkey.adapters.web.problem;

import org.jspecify.annotations.NullMarked;
