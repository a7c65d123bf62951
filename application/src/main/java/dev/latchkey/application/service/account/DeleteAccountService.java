package dev.latchkey.application.service.account;

import dev.latchkey.application.port.in.account.DeleteAccount;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.port.out.mail.MailedCodes;
import dev.latchkey.application.port.out.mail.Outbox;
import dev.latchkey.application.port.out.session.EndedSessions;
import dev.latchkey.application.service.attempt.Guess;
import dev.latchkey.application.service.attempt.PasswordGate;
import dev.latchkey.application.service.attempt.Tried;
import dev.latchkey.application.service.attempt.Verdict;
import dev.latchkey.application.service.mail.MailWriter;
import dev.latchkey.domain.user.User;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** {@link DeleteAccount}. */
public final class DeleteAccountService implements DeleteAccount {

  /** Long enough that whoever remembers the name does not take somebody else for its owner. */
  private static final Duration USERNAME_KEPT = Duration.ofDays(90);

  private final Transactions transactions;
  private final PasswordGate gate;
  private final Users users;
  private final EndedSessions endedSessions;
  private final Administrators administrators;
  private final MailedCodes codes;
  private final Outbox outbox;
  private final MailWriter mail;
  private final SecurityEvents events;
  private final InstantSource clock;

  public DeleteAccountService(
      Transactions transactions,
      PasswordGate gate,
      Users users,
      EndedSessions endedSessions,
      Administrators administrators,
      MailedCodes codes,
      Outbox outbox,
      MailWriter mail,
      SecurityEvents events,
      InstantSource clock) {
    this.transactions = transactions;
    this.gate = gate;
    this.users = users;
    this.endedSessions = endedSessions;
    this.administrators = administrators;
    this.codes = codes;
    this.outbox = outbox;
    this.mail = mail;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    var guess =
        new Guess(
            new Guess.Claim.BySession(command.userId(), command.current()),
            command.password(),
            command.device().network());
    return switch (gate.compare(guess)) {
      case Tried.Compared compared -> conclude(compared, command);
      case Tried.TooManyAttempts(Duration delay, _) -> new Result.TooManyAttempts(delay);
      case Tried.Overloaded() -> new Result.Overloaded();
    };
  }

  private Result conclude(Tried.Compared compared, Command command) {
    Instant now = clock.instant();
    Result result =
        transactions.execute(
            () ->
                switch (gate.conclude(compared, now)) {
                  case Verdict.Proven proven -> delete(proven.user(), command, now);
                  case Verdict.Wrong _ -> new Result.WrongPassword();
                  case Verdict.TooManyAttempts(Duration delay, _) ->
                      new Result.TooManyAttempts(delay);
                });
    switch (result) {
      case Result.Deleted() ->
          events.publish(new SecurityEvent.AccountDeleted(command.userId(), command.device(), now));
      case Result.WrongPassword() ->
          events.publish(
              new SecurityEvent.PasswordRefused(command.userId(), command.device(), now));
      case Result.TooManyAttempts _, Result.LastAdministrator _, Result.Overloaded _ -> {}
    }
    return result;
  }

  private Result delete(User user, Command command, Instant now) {
    if (administrators.isLastActive(user)) {
      return new Result.LastAdministrator();
    }
    gate.reopen(user);
    codes.deleteOf(user.id());
    outbox.removeOf(user.id());
    endedSessions.rememberThoseOf(user.id(), now);
    users.delete(user.id(), now.plus(USERNAME_KEPT));
    mail.notice(MailKind.ACCOUNT_DELETED, user, command.device(), now);
    return new Result.Deleted();
  }
}
