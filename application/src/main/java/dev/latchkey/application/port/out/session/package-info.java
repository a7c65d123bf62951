/** The store of sessions, and their two kinds of tokens, written and read. */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port.out.session;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
