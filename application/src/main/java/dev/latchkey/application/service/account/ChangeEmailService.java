package dev.latchkey.application.service.account;

import dev.latchkey.application.port.in.account.ChangeEmail;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.service.attempt.Guess;
import dev.latchkey.application.service.attempt.PasswordGate;
import dev.latchkey.application.service.attempt.Tried;
import dev.latchkey.application.service.attempt.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** {@link ChangeEmail}. */
public final class ChangeEmailService implements ChangeEmail {

  private final Transactions transactions;
  private final PasswordGate gate;
  private final CodeMails codeMails;
  private final SecurityEvents events;
  private final InstantSource clock;

  public ChangeEmailService(
      Transactions transactions,
      PasswordGate gate,
      CodeMails codeMails,
      SecurityEvents events,
      InstantSource clock) {
    this.transactions = transactions;
    this.gate = gate;
    this.codeMails = codeMails;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    if (!codeMails.areOn()) {
      return new Result.MailOff();
    }
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
                  case Verdict.Proven _ -> request(command, now);
                  case Verdict.Wrong _ -> new Result.WrongPassword();
                  case Verdict.TooManyAttempts(Duration delay, _) ->
                      new Result.TooManyAttempts(delay);
                });
    if (result instanceof Result.WrongPassword) {
      events.publish(new SecurityEvent.PasswordRefused(command.userId(), command.device(), now));
    }
    return result;
  }

  private Result request(Command command, Instant now) {
    Duration delay =
        codeMails.request(
            MailKind.EMAIL_CHANGE,
            command.email(),
            command.userId(),
            command.device().network(),
            now);
    return delay.isPositive() ? new Result.TooManyAttempts(delay) : new Result.Accepted();
  }
}
