/** The tables {@code outbox} and {@code mailed_codes}. */
@NullMarked
package dev.latchkey.adapters.persistence.mail;

import org.jspecify.annotations.NullMarked;
