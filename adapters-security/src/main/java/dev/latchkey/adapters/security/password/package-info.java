/** Argon2id: how a password is hashed, how many at a time, and which passwords are too common. */
@NullMarked
@CheckReturnValue
package dev.latchkey.adapters.security.password;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
