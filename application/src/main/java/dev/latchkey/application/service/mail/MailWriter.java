package dev.latchkey.application.service.mail;

import dev.latchkey.application.port.out.Identifiers;
import dev.latchkey.application.port.out.mail.MailField;
import dev.latchkey.application.port.out.mail.MailId;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.port.out.mail.Outbox;
import dev.latchkey.application.port.out.mail.OutboxMail;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes mail to the outbox; to be called in the transaction that it tells of. Where no mail can be
 * sent, none is written.
 */
public final class MailWriter {

  private static final String UNKNOWN = "unknown";

  private final Outbox outbox;
  private final Identifiers identifiers;
  private final MailPolicy policy;

  public MailWriter(Outbox outbox, Identifiers identifiers, MailPolicy policy) {
    this.outbox = outbox;
    this.identifiers = identifiers;
    this.policy = policy;
  }

  /** Whether mail can be sent. */
  public boolean isOn() {
    return policy.on();
  }

  /**
   * A mail with a code, which is made when the mail is sent.
   *
   * @param owner null if it is only known whom the address is said to belong to
   */
  public void code(MailKind kind, EmailAddress to, @Nullable UserId owner, Instant now) {
    if (policy.on()) {
      write(kind, to, owner, Map.of(), now);
    }
  }

  /** Takes back mail of one kind that is still to be sent. */
  public void withdraw(MailKind kind, UserId owner) {
    outbox.removeOf(owner, kind);
  }

  /** Tells a user what was done to the account, and from where. */
  public void notice(MailKind kind, User user, Device device, Instant now) {
    notice(kind, user, detailsOf(device), now);
  }

  /** Tells the old address of a user that there is a new one. */
  public void emailChanged(User before, EmailAddress email, Instant now) {
    notice(MailKind.EMAIL_CHANGED, before, Map.of(MailField.NEW_EMAIL, email.text()), now);
  }

  private void notice(MailKind kind, User user, Map<MailField, String> more, Instant now) {
    if (!policy.on() || !policy.notices().contains(kind)) {
      return;
    }
    Map<MailField, String> details = new HashMap<>(more);
    details.put(MailField.USERNAME, user.username().text());
    details.put(MailField.TIME, MailTimes.text(now));
    details.keySet().retainAll(kind.fields());
    write(kind, user.email(), user.id(), details, now);
  }

  private static Map<MailField, String> detailsOf(Device device) {
    return Map.of(
        MailField.ADDRESS, Objects.requireNonNullElse(device.address(), UNKNOWN),
        MailField.USER_AGENT, Objects.requireNonNullElse(device.userAgent(), UNKNOWN));
  }

  private void write(
      MailKind kind,
      EmailAddress to,
      @Nullable UserId owner,
      Map<MailField, String> details,
      Instant now) {
    MailId id = identifiers.newMailId();
    outbox.add(new OutboxMail(id, kind, to, owner, details, now, 0));
  }
}
