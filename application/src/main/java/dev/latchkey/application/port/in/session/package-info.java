/**
 * The life of a session: log in, exchange, revoke; and what others ask about its tokens.
 *
 * <p>One log-in starts one session, which is the family of its refresh tokens.
 */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port.in.session;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
