package dev.latchkey.application.service.session;

import dev.latchkey.application.port.in.session.DeleteEndedSessions;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.TrustedTime;
import dev.latchkey.application.port.out.session.EndedSessions;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;

/**
 * {@link DeleteEndedSessions}, in small transactions: none holds many rows, and one that fails
 * loses little. Ended sessions stay for the retention time, because they are the memory of theft;
 * and in any case for as long as the feed names them.
 */
public final class DeleteEndedSessionsService implements DeleteEndedSessions {

  private static final int BATCH = 500;

  private final Transactions transactions;
  private final EndedSessions sessions;
  private final Duration retention;
  private final EndedSessionsFeed feed;
  private final TrustedTime time;

  /**
   * @throws IllegalArgumentException if the retention is negative
   */
  public DeleteEndedSessionsService(
      Transactions transactions,
      EndedSessions sessions,
      Duration retention,
      EndedSessionsFeed feed,
      TrustedTime time) {
    if (retention.isNegative()) {
      throw new IllegalArgumentException("the retention of ended sessions must not be negative");
    }
    this.transactions = transactions;
    this.sessions = sessions;
    this.retention = retention;
    this.feed = feed;
    this.time = time;
  }

  @Override
  public Result execute() {
    return time.now().map(this::deleteEnded).orElseGet(Result.Suspended::new);
  }

  private Result deleteEnded(Instant now) {
    Duration named = feed.window();
    Instant before = now.minus(retention.compareTo(named) > 0 ? retention : named);
    int count = all(() -> sessions.deleteEndedBefore(before, BATCH));
    int _ = all(() -> sessions.forgetRememberedBefore(now.minus(named), BATCH));
    return new Result.Deleted(count, lag(before, now));
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

  private Duration lag(Instant before, Instant now) {
    return transactions
        .execute(() -> sessions.oldestEnd(now))
        .filter(end -> end.isBefore(before))
        .map(end -> Duration.between(end, before))
        .orElse(Duration.ZERO);
  }
}
