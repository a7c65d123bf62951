/**
 * Mail: the outbox, in which it is written down with the transaction that wants it sent, and the
 * mailer, which sends it afterwards.
 */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port.out.mail;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
