/** The contracts of the ports, and what only a real PostgreSQL can show. */
@NullMarked
package dev.latchkey.adapters.persistence;

import org.jspecify.annotations.NullMarked;
