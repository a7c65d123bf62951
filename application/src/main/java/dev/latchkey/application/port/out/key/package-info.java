/** Signing keys are stored sealed; the cryptography that makes, opens and uses them. */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port.out.key;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
