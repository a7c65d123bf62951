/** Mails as files, for an installation without an SMTP server. */
@NullMarked
@CheckReturnValue
package dev.latchkey.adapters.mail.file;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
