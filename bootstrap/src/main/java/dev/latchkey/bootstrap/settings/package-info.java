/** The settings {@code latchkey.*}, typed; and in one sentence what is wrong with them. */
@NullMarked
package dev.latchkey.bootstrap.settings;

import org.jspecify.annotations.NullMarked;
