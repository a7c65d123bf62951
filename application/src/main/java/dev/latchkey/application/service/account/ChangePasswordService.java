package dev.latchkey.application.service.account;

import dev.latchkey.application.port.in.account.ChangePassword;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.PasswordHasher;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.port.out.mail.MailedCodes;
import dev.latchkey.application.service.account.PasswordRules.Refusal;
import dev.latchkey.application.service.attempt.Guess;
import dev.latchkey.application.service.attempt.PasswordGate;
import dev.latchkey.application.service.attempt.Tried;
import dev.latchkey.application.service.attempt.Verdict;
import dev.latchkey.application.service.mail.MailWriter;
import dev.latchkey.application.service.session.SessionEnder;
import dev.latchkey.domain.code.CodePurpose;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.domain.user.User;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * {@link ChangePassword}: both passwords are hashed before the transaction begins, whether the
 * first is right or not.
 */
public final class ChangePasswordService implements ChangePassword {

  private final Transactions transactions;
  private final Users users;
  private final PasswordRules rules;
  private final PasswordGate gate;
  private final PasswordHasher hasher;
  private final SessionEnder sessionEnder;
  private final MailedCodes codes;
  private final MailWriter mail;
  private final SecurityEvents events;
  private final InstantSource clock;

  public ChangePasswordService(
      Transactions transactions,
      Users users,
      PasswordRules rules,
      PasswordGate gate,
      PasswordHasher hasher,
      SessionEnder sessionEnder,
      MailedCodes codes,
      MailWriter mail,
      SecurityEvents events,
      InstantSource clock) {
    this.transactions = transactions;
    this.users = users;
    this.rules = rules;
    this.gate = gate;
    this.hasher = hasher;
    this.sessionEnder = sessionEnder;
    this.codes = codes;
    this.mail = mail;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    return transactions
        .execute(() -> users.find(command.userId()))
        .filter(User::isActive)
        .map(user -> judge(user, command))
        .orElseGet(Result.Gone::new);
  }

  private Result judge(User user, Command command) {
    Optional<Refusal> refusal = rules.judge(command.newPassword(), user.username(), user.email());
    return refusal.map(ChangePasswordService::refused).orElseGet(() -> compare(command));
  }

  private static Result refused(Refusal refusal) {
    return switch (refusal) {
      case TOO_SIMILAR -> new Result.PasswordTooSimilar();
      case TOO_COMMON -> new Result.PasswordTooCommon();
      case BREACHED -> new Result.PasswordBreached();
    };
  }

  private Result compare(Command command) {
    var guess =
        new Guess(
            new Guess.Claim.BySession(command.userId(), command.current()),
            command.password(),
            command.device().network());
    return switch (gate.compare(guess)) {
      case Tried.Compared compared -> hash(compared, command);
      case Tried.TooManyAttempts(Duration delay, _) -> new Result.TooManyAttempts(delay);
      case Tried.Overloaded() -> new Result.Overloaded();
    };
  }

  private Result hash(Tried.Compared compared, Command command) {
    return hasher
        .admit(command.device().network(), turn -> turn.hash(command.newPassword().password()))
        .map(hash -> conclude(compared, hash, command))
        .orElseGet(Result.Overloaded::new);
  }

  private Result conclude(Tried.Compared compared, PasswordHash hash, Command command) {
    Instant now = clock.instant();
    Verdict verdict =
        transactions.execute(
            () -> {
              Verdict concluded = gate.conclude(compared, now);
              if (concluded instanceof Verdict.Proven proven) {
                change(proven.user(), hash, command, now);
              }
              return concluded;
            });
    return switch (verdict) {
      case Verdict.Proven _ -> {
        events.publish(new SecurityEvent.PasswordChanged(command.userId(), command.device(), now));
        yield new Result.Changed();
      }
      case Verdict.Wrong _ -> {
        events.publish(new SecurityEvent.PasswordRefused(command.userId(), command.device(), now));
        yield new Result.WrongPassword();
      }
      case Verdict.TooManyAttempts(Duration delay, _) -> new Result.TooManyAttempts(delay);
    };
  }

  private void change(User user, PasswordHash hash, Command command, Instant now) {
    // The gate may have renewed the hash a moment ago.
    PasswordHash stored = users.find(user.id()).orElse(user).passwordHash();
    users.replacePasswordHash(user.id(), stored, hash);
    // Whoever knew the old password may have asked for these.
    codes.deleteOf(user.id(), CodePurpose.PASSWORD_RESET);
    codes.deleteOf(user.id(), CodePurpose.EMAIL_CHANGE);
    mail.withdraw(MailKind.EMAIL_CHANGE, user.id());
    if (command.endOthers()) {
      sessionEnder.endOthers(user.id(), command.current(), Revocation.Reason.PASSWORD_CHANGED, now);
    }
    mail.notice(MailKind.PASSWORD_CHANGED, user, command.device(), now);
  }
}
