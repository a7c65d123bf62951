/**
 * The use cases as callers see them.
 *
 * <p>Each is an interface with a {@code Command} and a sealed {@code Result}; every expected outcome is a case of the
 * result, and only bugs and broken infrastructure are exceptions. A caller that forgets an outcome does not compile.
 */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port.in;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
