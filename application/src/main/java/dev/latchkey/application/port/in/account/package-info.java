/**
 * What people and operators do with an account, from its registration to its deletion: look at it,
 * change it, verify its address, recover it when the password is forgotten, disable it.
 */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port.in.account;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
