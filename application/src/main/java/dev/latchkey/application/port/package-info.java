/**
 * What the ports on both sides share: values that pass through unchanged, and the exceptions that
 * callers can encounter.
 *
 * <p>Adapters that call use cases need these and {@code port.in}, and nothing of {@code port.out}.
 */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
