/**
 * The table {@code sessions}: the exchange's compare and set, and the deletion of ended sessions.
 */
@NullMarked
package dev.latchkey.adapters.persistence.session;

import org.jspecify.annotations.NullMarked;
