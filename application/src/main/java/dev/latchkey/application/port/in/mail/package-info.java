/** What the service does with mail by itself. */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port.in.mail;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
