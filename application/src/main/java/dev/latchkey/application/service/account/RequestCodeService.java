package dev.latchkey.application.service.account;

import dev.latchkey.application.port.in.account.RequestCode;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.mail.MailKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** {@link RequestCode}: only writes down that somebody asked; the rest is done later. */
public final class RequestCodeService implements RequestCode {

  private final Transactions transactions;
  private final CodeMails codeMails;
  private final InstantSource clock;

  public RequestCodeService(Transactions transactions, CodeMails codeMails, InstantSource clock) {
    this.transactions = transactions;
    this.codeMails = codeMails;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    if (!codeMails.areOn()) {
      return new Result.MailOff();
    }
    Instant now = clock.instant();
    Duration delay =
        transactions.execute(
            () ->
                codeMails.request(
                    kind(command.purpose()),
                    command.email(),
                    null,
                    command.device().network(),
                    now));
    return delay.isPositive() ? new Result.TooManyAttempts(delay) : new Result.Accepted();
  }

  private static MailKind kind(Purpose purpose) {
    return switch (purpose) {
      case PASSWORD_RESET -> MailKind.PASSWORD_RESET;
      case EMAIL_VERIFICATION -> MailKind.EMAIL_VERIFICATION;
    };
  }
}
