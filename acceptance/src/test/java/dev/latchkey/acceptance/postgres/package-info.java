/** The database of these tests, and the complete service on it. */
@NullMarked
package dev.latchkey.acceptance.postgres;

import org.jspecify.annotations.NullMarked;
