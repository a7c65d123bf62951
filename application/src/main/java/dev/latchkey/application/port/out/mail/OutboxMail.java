package dev.latchkey.application.port.out.mail;

import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mail that waits to be sent. What it needs a code for, or has to look up, is found out when it
 * is sent: so the code is kept nowhere in clear, and asking for a mail takes the same time whether
 * there is an account or not.
 *
 * @param owner the user that it is about, or who will be one; null if only the address is known
 * @param details the values that are known already
 * @param attempts how often somebody has set out to send it
 */
public record OutboxMail(
    MailId id,
    MailKind kind,
    EmailAddress to,
    @Nullable UserId owner,
    Map<MailField, String> details,
    Instant writtenAt,
    int attempts) {

  public OutboxMail {
    details = Map.copyOf(details);
  }
}
