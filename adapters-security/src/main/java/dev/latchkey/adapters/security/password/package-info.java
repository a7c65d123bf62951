/** Argon2id: how a password is hashed, by which library, and how many at a time. */
@NullMarked
@CheckReturnValue
package dev.latchkey.adapters.security.password;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
