package dev.latchkey.application.service.account;

import dev.latchkey.application.port.out.attempt.Digests;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.service.attempt.AttemptCounter;
import dev.latchkey.application.service.mail.MailWriter;
import dev.latchkey.domain.attempt.AttemptKey;
import dev.latchkey.domain.attempt.AttemptPolicy;
import dev.latchkey.domain.session.ClientNetwork;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Mails with codes that anybody can ask for, to any address. Whoever asks too often has to wait; an
 * address that was written to often enough is left in peace, which whoever asked does not learn.
 * Nothing here depends on whether the address has an account.
 */
public final class CodeMails {

  private final AttemptCounter attempts;
  private final Digests digests;
  private final AttemptPolicy policy;
  private final MailWriter mail;

  public CodeMails(
      AttemptCounter attempts, Digests digests, AttemptPolicy policy, MailWriter mail) {
    this.attempts = attempts;
    this.digests = digests;
    this.policy = policy;
    this.mail = mail;
  }

  /** Whether mail can be sent. */
  boolean areOn() {
    return mail.isOn();
  }

  /**
   * To be called in a transaction.
   *
   * @return how long until this network may ask again; zero if the request was accepted
   */
  Duration request(
      MailKind kind, EmailAddress to, @Nullable UserId owner, ClientNetwork network, Instant now) {
    Duration delay =
        attempts.count(Map.of(AttemptKey.mailFrom(network), policy.mailFromNetwork()), now);
    if (delay.isPositive()) {
      return delay;
    }
    send(kind, to, owner, now);
    return Duration.ZERO;
  }

  /** The same for a request whose network is limited by something else. */
  void send(MailKind kind, EmailAddress to, @Nullable UserId owner, Instant now) {
    AttemptKey address = AttemptKey.mailTo(digests.of(to.key()));
    if (mail.isOn() && attempts.count(Map.of(address, policy.mailToAddress()), now).isZero()) {
      mail.code(kind, to, owner, now);
    }
  }
}
