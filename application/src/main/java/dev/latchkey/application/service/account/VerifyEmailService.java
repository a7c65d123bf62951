package dev.latchkey.application.service.account;

import dev.latchkey.application.port.in.account.VerifyEmail;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Registrations;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.account.Users.Addition;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.mail.MailedCodes;
import dev.latchkey.application.service.mail.MailWriter;
import dev.latchkey.domain.code.CodePurpose;
import dev.latchkey.domain.code.MailedCode;
import dev.latchkey.domain.user.User;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;

/** {@link VerifyEmail}. */
public final class VerifyEmailService implements VerifyEmail {

  private final Transactions transactions;
  private final PresentedCodes presentedCodes;
  private final Users users;
  private final Registrations registrations;
  private final MailedCodes codes;
  private final MailWriter mail;
  private final SecurityEvents events;
  private final InstantSource clock;

  public VerifyEmailService(
      Transactions transactions,
      PresentedCodes presentedCodes,
      Users users,
      Registrations registrations,
      MailedCodes codes,
      MailWriter mail,
      SecurityEvents events,
      InstantSource clock) {
    this.transactions = transactions;
    this.presentedCodes = presentedCodes;
    this.users = users;
    this.registrations = registrations;
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
    Optional<SecurityEvent> done =
        transactions.execute(
            () ->
                presentedCodes
                    .find(
                        command.code(),
                        EnumSet.of(
                            CodePurpose.EMAIL_VERIFICATION,
                            CodePurpose.REGISTRATION,
                            CodePurpose.EMAIL_CHANGE),
                        now)
                    .filter(this::take)
                    .flatMap(code -> use(code, command, now)));
    done.ifPresent(events::publish);
    return done.<Result>map(_ -> new Result.Verified()).orElseGet(() -> refuse(command, now));
  }

  /**
   * The owner is locked first, as it is by all who delete codes of theirs: otherwise two that use
   * different codes of one owner would each wait for what the other holds.
   */
  private boolean take(MailedCode code) {
    users.lock(code.owner());
    return presentedCodes.take(code);
  }

  private Optional<SecurityEvent> use(MailedCode code, Command command, Instant now) {
    return switch (code.purpose()) {
      case EMAIL_VERIFICATION -> verify(code, command, now);
      case REGISTRATION -> open(code, command, now);
      case EMAIL_CHANGE -> change(code, command, now);
      case PASSWORD_RESET -> Optional.empty(); // is not looked for
    };
  }

  private Optional<SecurityEvent> verify(MailedCode code, Command command, Instant now) {
    return users
        .find(code.owner())
        .filter(user -> user.isActive() && user.email().equals(code.email()))
        .map(
            user -> {
              users.verifyEmail(user.id(), code.email(), now);
              codes.deleteOf(user.id(), CodePurpose.EMAIL_VERIFICATION);
              return new SecurityEvent.EmailVerified(user.id(), command.device(), now);
            });
  }

  private Optional<SecurityEvent> open(MailedCode code, Command command, Instant now) {
    return registrations
        .take(code.owner())
        .map(waited -> waited.withEmail(code.email(), now))
        .filter(user -> users.add(user) == Addition.ADDED)
        .map(user -> new SecurityEvent.AccountOpened(user.id(), command.device(), now));
  }

  private Optional<SecurityEvent> change(MailedCode code, Command command, Instant now) {
    return users
        .find(code.owner())
        .filter(User::isActive)
        .filter(user -> users.changeEmail(user.id(), user.email(), code.email(), now))
        .map(
            user -> {
              // What was mailed to the old address must do nothing any more.
              codes.deleteOf(user.id());
              mail.emailChanged(user, code.email(), now);
              return new SecurityEvent.EmailChanged(user.id(), command.device(), now);
            });
  }

  private Result refuse(Command command, Instant now) {
    Duration delay = presentedCodes.refuse(command.device(), now);
    return delay.isPositive() ? new Result.TooManyAttempts(delay) : new Result.InvalidCode();
  }
}
