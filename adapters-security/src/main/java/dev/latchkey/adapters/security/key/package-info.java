/**
 * Master keys from the settings; signing keys, which are generated, sealed, opened and used here,
 * and remembered nowhere in this package.
 */
@NullMarked
@CheckReturnValue
package dev.latchkey.adapters.security.key;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
