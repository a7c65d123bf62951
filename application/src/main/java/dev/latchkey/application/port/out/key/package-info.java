/**
 * The store of the signing keys, in which they are sealed, and the cryptography that generates,
 * opens and uses them. Neither remembers a key; {@code SigningKeyRing} does.
 */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port.out.key;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
