/**
 * The cryptography behind the ports: password hashes, the two kinds of tokens, the keys for them,
 * randomness.
 *
 * <p>Everything here is constructed by hand and knows no framework. Secrets come in through {@link
 * dev.latchkey.adapters.security.key.MasterKeys} and a {@link java.security.SecureRandom}. Does not
 * belong here: what a token means or when it is valid (domain, application), and how keys are
 * stored (port {@code SigningKeys}).
 */
@NullMarked
@CheckReturnValue
package dev.latchkey.adapters.security;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
