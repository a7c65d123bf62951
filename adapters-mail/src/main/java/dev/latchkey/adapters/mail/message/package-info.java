/**
 * What a mail says: templates, and the message that is made of one and the values of a mail. How it
 * gets to its reader does not belong here.
 */
@NullMarked
@CheckReturnValue
package dev.latchkey.adapters.mail.message;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
