/**
 * Tests of the whole installation: the complete service as it is shipped, on real PostgreSQL
 * servers. The tests of HTTP come from {@code adapters-web}, unchanged; what stands here needs more
 * than them.
 */
@NullMarked
package dev.latchkey.acceptance;

import org.jspecify.annotations.NullMarked;
