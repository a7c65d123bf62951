package dev.latchkey.application.service.account;

import dev.latchkey.application.port.in.account.RequestEmailVerification;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.mail.MailKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * {@link RequestEmailVerification}: only writes down that somebody asked; the rest is done later.
 */
public final class RequestEmailVerificationService implements RequestEmailVerification {

  private final Transactions transactions;
  private final CodeMails codeMails;
  private final InstantSource clock;

  public RequestEmailVerificationService(
      Transactions transactions, CodeMails codeMails, InstantSource clock) {
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
                    MailKind.EMAIL_VERIFICATION,
                    command.email(),
                    null,
                    command.device().network(),
                    now));
    return delay.isPositive() ? new Result.TooManyAttempts(delay) : new Result.Accepted();
  }
}
