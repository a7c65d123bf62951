package dev.latchkey.application.service.mail;

import dev.latchkey.application.port.out.mail.MailKind;
import java.util.Set;

/**
 * Which mail is sent.
 *
 * @param on whether there is a way to send any
 * @param notices the kinds that tell a user what happened, and that the operator wants
 */
public record MailPolicy(boolean on, Set<MailKind> notices) {

  /** No mail at all. */
  public static final MailPolicy OFF = new MailPolicy(false, Set.of());

  public MailPolicy {
    notices = Set.copyOf(notices);
  }
}
