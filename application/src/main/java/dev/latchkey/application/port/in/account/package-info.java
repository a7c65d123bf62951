/** What people and operators do with an account: register, look at it, change its roles. */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port.in.account;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
