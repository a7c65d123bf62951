/** The table {@code signing_keys}. */
@NullMarked
package dev.latchkey.adapters.persistence.key;

import org.jspecify.annotations.NullMarked;
