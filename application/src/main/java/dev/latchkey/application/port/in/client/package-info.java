/** OAuth 2.0 clients authenticate (RFC 6749 §2.3). */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port.in.client;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
