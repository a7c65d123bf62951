/**
 * Passwords that nobody may choose: those that everybody knows.
 *
 * <p>Does not belong here: which passwords are too short, and which are little more than a name;
 * the domain says that.
 */
@NullMarked
@CheckReturnValue
package dev.latchkey.adapters.security.blocklist;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
