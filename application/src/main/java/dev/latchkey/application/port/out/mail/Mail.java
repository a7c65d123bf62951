package dev.latchkey.application.port.out.mail;

import dev.latchkey.domain.user.EmailAddress;
import java.util.Map;

/**
 * A mail as it is to be sent. It may have a code in it, so it is kept nowhere and shows nothing of
 * its values.
 *
 * @param values for each of the fields that a mail of its kind has
 */
public record Mail(MailId id, MailKind kind, EmailAddress to, Map<MailField, String> values) {

  /**
   * @throws IllegalArgumentException if a value is missing, or none of that kind has it
   */
  public Mail {
    values = Map.copyOf(values);
    if (!values.keySet().equals(kind.fields())) {
      throw new IllegalArgumentException(kind + " has other fields: " + values.keySet());
    }
  }

  @Override
  public String toString() {
    return "Mail[id=" + id + ", kind=" + kind + "]";
  }
}
