/**
 * The table {@code sessions}: the two statements of an exchange ({@code ExchangeStatements}), all
 * others ({@code SessionRepository}), and the deletion of ended sessions.
 */
@NullMarked
package dev.latchkey.adapters.persistence.session;

import org.jspecify.annotations.NullMarked;
