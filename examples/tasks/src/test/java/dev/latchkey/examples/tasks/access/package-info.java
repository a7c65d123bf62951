/** The check of tokens, with keys that a test publishes. */
@NullMarked
package dev.latchkey.examples.tasks.access;

import org.jspecify.annotations.NullMarked;
