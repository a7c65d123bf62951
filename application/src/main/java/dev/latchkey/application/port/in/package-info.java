/**
 * The use cases as callers see them.
 *
 * <p>Each is an interface. One that can refuse has a {@code Command} and a sealed {@code Result}:
 * every expected outcome is a case of it, only bugs and broken infrastructure are exceptions, and a
 * caller that forgets an outcome does not compile. A query returns its value.
 */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port.in;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
