/** Accounts are stored, and their passwords hashed. */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port.out.account;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
