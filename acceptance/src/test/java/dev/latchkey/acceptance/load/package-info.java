/**
 * The service under load, while its nodes or its database are killed: programs that are started by
 * hand, and the checker that judges what their clients saw. No test of a single call.
 */
@NullMarked
package dev.latchkey.acceptance.load;

import org.jspecify.annotations.NullMarked;
