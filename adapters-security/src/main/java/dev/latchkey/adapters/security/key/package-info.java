/**
 * Master keys from the settings; signing keys, which are generated, sealed, opened and used here,
 * and remembered nowhere in this package. {@code SignatureProvider} chooses what computes
 * signatures.
 */
@NullMarked
@CheckReturnValue
package dev.latchkey.adapters.security.key;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
