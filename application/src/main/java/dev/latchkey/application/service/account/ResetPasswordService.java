package dev.latchkey.application.service.account;

import dev.latchkey.application.port.in.account.ResetPassword;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.PasswordHasher;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.port.out.mail.MailedCodes;
import dev.latchkey.application.service.account.PasswordRules.Refusal;
import dev.latchkey.application.service.attempt.PasswordGate;
import dev.latchkey.application.service.mail.MailWriter;
import dev.latchkey.application.service.session.SessionEnder;
import dev.latchkey.domain.code.CodePurpose;
import dev.latchkey.domain.code.MailedCode;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.domain.user.User;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * {@link ResetPassword}: a code is used up by a reset and by nothing else, so that a new password
 * that is refused costs nobody another mail.
 */
public final class ResetPasswordService implements ResetPassword {

  private final Transactions transactions;
  private final PresentedCodes presentedCodes;
  private final Users users;
  private final PasswordRules rules;
  private final PasswordHasher hasher;
  private final PasswordGate gate;
  private final SessionEnder sessionEnder;
  private final MailedCodes codes;
  private final MailWriter mail;
  private final SecurityEvents events;
  private final InstantSource clock;

  public ResetPasswordService(
      Transactions transactions,
      PresentedCodes presentedCodes,
      Users users,
      PasswordRules rules,
      PasswordHasher hasher,
      PasswordGate gate,
      SessionEnder sessionEnder,
      MailedCodes codes,
      MailWriter mail,
      SecurityEvents events,
      InstantSource clock) {
    this.transactions = transactions;
    this.presentedCodes = presentedCodes;
    this.users = users;
    this.rules = rules;
    this.hasher = hasher;
    this.gate = gate;
    this.sessionEnder = sessionEnder;
    this.codes = codes;
    this.mail = mail;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Instant now = clock.instant();
    Duration delay = presentedCodes.delay(command.device(), now);
    if (delay.isPositive()) {
      return new Result.TooManyAttempts(delay);
    }
    Optional<Valid> valid = transactions.execute(() -> find(command, now));
    return valid.map(found -> judge(found, command)).orElseGet(() -> refuse(command, now));
  }

  private Optional<Valid> find(Command command, Instant now) {
    return presentedCodes
        .find(command.code(), Set.of(CodePurpose.PASSWORD_RESET), now)
        .flatMap(code -> ownerOf(code).map(user -> new Valid(code, user)));
  }

  /** As long as the account is active, and has the address that the code was mailed to. */
  private Optional<User> ownerOf(MailedCode code) {
    return users
        .find(code.owner())
        .filter(user -> user.isActive() && user.email().equals(code.email()));
  }

  private Result judge(Valid valid, Command command) {
    Optional<Refusal> refusal =
        rules.judge(command.newPassword(), valid.user().username(), valid.user().email());
    return refusal.map(ResetPasswordService::refused).orElseGet(() -> hash(valid, command));
  }

  private static Result refused(Refusal refusal) {
    return switch (refusal) {
      case TOO_SIMILAR -> new Result.PasswordTooSimilar();
      case TOO_COMMON -> new Result.PasswordTooCommon();
      case BREACHED -> new Result.PasswordBreached();
    };
  }

  private Result hash(Valid valid, Command command) {
    return hasher
        .admit(command.device().network(), turn -> turn.hash(command.newPassword().password()))
        .map(hash -> reset(valid, hash, command))
        .orElseGet(Result.Overloaded::new);
  }

  private Result reset(Valid valid, PasswordHash hash, Command command) {
    Instant now = clock.instant();
    boolean done = transactions.execute(() -> reset(valid.code(), hash, command, now));
    if (!done) {
      return refuse(command, now);
    }
    events.publish(new SecurityEvent.PasswordReset(valid.user().id(), command.device(), now));
    return new Result.Reset();
  }

  private boolean reset(MailedCode code, PasswordHash hash, Command command, Instant now) {
    users.lock(code.owner());
    Optional<User> owner = ownerOf(code);
    if (owner.isEmpty() || !presentedCodes.take(code)) {
      return false;
    }
    User user = owner.get();
    users.replacePasswordHash(user.id(), user.passwordHash(), hash);
    users.verifyEmail(user.id(), code.email(), now);
    // Whoever had the account before may have asked for them.
    codes.deleteOf(user.id());
    mail.withdraw(MailKind.EMAIL_CHANGE, user.id());
    sessionEnder.endAll(user.id(), Revocation.Reason.PASSWORD_CHANGED, now);
    gate.reopen(user);
    mail.notice(MailKind.PASSWORD_CHANGED, user, command.device(), now);
    return true;
  }

  private Result refuse(Command command, Instant now) {
    Duration delay = presentedCodes.refuse(command.device(), now);
    return delay.isPositive() ? new Result.TooManyAttempts(delay) : new Result.InvalidCode();
  }

  /** A code that is good for a reset, and whose it is. */
  private record Valid(MailedCode code, User user) {}
}
