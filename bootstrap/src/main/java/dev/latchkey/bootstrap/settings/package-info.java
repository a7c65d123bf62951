/**
 * The settings, typed and checked; and in one sentence each what is wrong with them. Begin with
 * {@code LatchkeySettings}.
 */
@NullMarked
package dev.latchkey.bootstrap.settings;

import org.jspecify.annotations.NullMarked;
