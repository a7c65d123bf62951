/** The tables, and how they become what this version needs. */
@NullMarked
package dev.latchkey.adapters.persistence.schema;

import org.jspecify.annotations.NullMarked;
