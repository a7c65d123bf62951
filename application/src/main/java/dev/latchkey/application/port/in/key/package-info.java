/** The life of the signing keys: publish the public ones, rotate, list. */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port.in.key;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
