package dev.latchkey.application.service.account;

import dev.latchkey.application.port.out.account.BreachedPasswords;
import dev.latchkey.application.port.out.account.CommonPasswords;
import dev.latchkey.domain.user.ContextWords;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.NewPassword;
import dev.latchkey.domain.user.Username;
import java.util.Optional;

/**
 * Which new passwords are refused because they can be guessed, whichever use case sets them (NIST
 * SP 800-63B-4 §3.1.1.2). Which are no new passwords at all, {@link NewPassword} says.
 */
public final class PasswordRules {

  private final CommonPasswords commonPasswords;
  private final BreachedPasswords breachedPasswords;
  private final ContextWords installation;

  /**
   * @param installation the context words that do not depend on the user
   */
  public PasswordRules(
      CommonPasswords commonPasswords,
      BreachedPasswords breachedPasswords,
      ContextWords installation) {
    this.commonPasswords = commonPasswords;
    this.breachedPasswords = breachedPasswords;
    this.installation = installation;
  }

  /**
   * Judges the password that this user is to have.
   *
   * @return why it is refused, by the first reason; nothing if it is accepted
   */
  public Optional<Refusal> judge(NewPassword password, Username username, EmailAddress email) {
    if (password.isLittleMoreThan(installation.and(username, email))) {
      return Optional.of(Refusal.TOO_SIMILAR);
    }
    if (commonPasswords.contains(password.password())) {
      return Optional.of(Refusal.TOO_COMMON);
    }
    if (breachedPasswords.contains(password.password())) {
      return Optional.of(Refusal.BREACHED);
    }
    return Optional.empty();
  }

  /** Why a password is refused. */
  public enum Refusal {

    /** It says little more than whose it is or what for. */
    TOO_SIMILAR,

    /** It is one that everybody tries first. */
    TOO_COMMON,

    /** It is known to have leaked, whosesoever it was. */
    BREACHED
  }
}
