/**
 * What the ports on both sides share: a value that goes in and out unchanged, and the one exception
 * that callers may meet.
 *
 * <p>Adapters that call use cases need these and {@code port.in}, and nothing of {@code port.out}.
 */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
