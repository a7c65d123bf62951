/** The table {@code users}. */
@NullMarked
package dev.latchkey.adapters.persistence.user;

import org.jspecify.annotations.NullMarked;
