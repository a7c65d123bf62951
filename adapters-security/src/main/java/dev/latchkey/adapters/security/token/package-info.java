/** The two kinds of tokens: refresh tokens are derived, access tokens are signed JWTs. */
@NullMarked
@CheckReturnValue
package dev.latchkey.adapters.security.token;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
