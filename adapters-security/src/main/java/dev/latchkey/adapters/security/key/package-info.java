/** The keys: master keys from the settings, signing keys made, sealed, opened and used. */
@NullMarked
@CheckReturnValue
package dev.latchkey.adapters.security.key;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
