/** The table {@code attempts}. */
@NullMarked
package dev.latchkey.adapters.persistence.attempt;

import org.jspecify.annotations.NullMarked;
