/** The database's clock, which all nodes share. */
@NullMarked
package dev.latchkey.adapters.persistence.clock;

import org.jspecify.annotations.NullMarked;
