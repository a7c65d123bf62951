/** The way of a mail to an SMTP server (RFC 5321, RFC 6409). */
@NullMarked
@CheckReturnValue
package dev.latchkey.adapters.mail.smtp;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
