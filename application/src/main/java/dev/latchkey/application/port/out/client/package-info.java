/** The OAuth 2.0 clients that this installation knows. */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port.out.client;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
