package dev.latchkey.application.service.account;

import dev.latchkey.application.port.in.account.ForgetExpired;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.TrustedTime;
import dev.latchkey.application.port.out.account.Registrations;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.attempt.AttemptCounts;
import dev.latchkey.application.port.out.mail.MailedCodes;
import dev.latchkey.domain.attempt.AttemptPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;

/**
 * {@link ForgetExpired}: in small transactions, so that nothing else waits long. Counts that close
 * an account stay until a reset.
 */
public final class ForgetExpiredService implements ForgetExpired {

  private static final int BATCH = 500;

  /** No guess at an account is forgotten sooner. */
  private static final Duration ATTEMPTS_KEPT = Duration.ofDays(30);

  private final Transactions transactions;
  private final AttemptCounts attempts;
  private final MailedCodes codes;
  private final Registrations registrations;
  private final Users users;
  private final AttemptPolicy policy;
  private final TrustedTime time;

  public ForgetExpiredService(
      Transactions transactions,
      AttemptCounts attempts,
      MailedCodes codes,
      Registrations registrations,
      Users users,
      AttemptPolicy policy,
      TrustedTime time) {
    this.transactions = transactions;
    this.attempts = attempts;
    this.codes = codes;
    this.registrations = registrations;
    this.users = users;
    this.policy = policy;
    this.time = time;
  }

  @Override
  public Result execute() {
    return time.now()
        .<Result>map(now -> new Result.Forgotten(forget(now)))
        .orElseGet(Result.Suspended::new);
  }

  private int forget(Instant now) {
    Instant longAgo = now.minus(ATTEMPTS_KEPT);
    return all(() -> attempts.deleteUnchangedSince(longAgo, policy.failuresToClose(), BATCH))
        + all(() -> codes.deleteExpiredBefore(now, BATCH))
        + all(() -> registrations.deleteExpiredBefore(now, BATCH))
        + all(() -> users.forgetUsernamesFreeBefore(now, BATCH));
  }

  private int all(IntSupplier deleteBatch) {
    int count = 0;
    int deleted;
    do {
      deleted = transactions.execute(deleteBatch::getAsInt);
      count += deleted;
    } while (deleted == BATCH);
    return count;
  }
}
