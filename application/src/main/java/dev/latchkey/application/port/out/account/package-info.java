/** The store of accounts, and the hashing of their passwords. */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port.out.account;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
