package dev.latchkey.resourceserver;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What is known of the sessions that have ended, and how old that is. */
final class EndedSessions {

  private final LongSupplier nanoTime;
  private final Map<String, Long> forgottenAt = new ConcurrentHashMap<>();
  private final CountDownLatch learned = new CountDownLatch(1);
  private volatile @Nullable Age age;
  private volatile Instant notBefore = Instant.MIN;

  /**
   * @param nanoTime a clock that is never set: how old knowledge is must not depend on one that is
   */
  EndedSessions(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  private record Age(long asOf, long asked) {}

  /** The newest {@code as_of} that was read, in milliseconds; null before the first document. */
  @Nullable Long asOf() {
    Age latest = age;
    return latest == null ? null : latest.asOf();
  }

  /**
   * @param asked when the request was sent that the document answers: it cannot know of anything
   *     later
   * @return whether it is newer than what was known. It is only then that knowledge gets younger
   */
  boolean learn(EndedSessionsDocument document, long asked) {
    long now = nanoTime.getAsLong();
    forgottenAt.values().removeIf(at -> now - at >= 0);
    long until = now + document.window().toNanos();
    document.sessionIds().forEach(id -> forgottenAt.put(id, until));
    Instant barrier = document.notBefore();
    if (barrier != null && barrier.isAfter(notBefore)) {
      notBefore = barrier;
    }
    Age latest = age;
    boolean newer = latest == null || document.asOf() > latest.asOf();
    if (newer) {
      age = new Age(document.asOf(), asked);
      learned.countDown();
    }
    return newer;
  }

  /** Waits for the first document, at most this long. */
  void awaitFirst(Duration atMost) throws InterruptedException {
    boolean unused = learned.await(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
  }

  /** Whether what is known is older than that; if nothing is known, it is. */
  boolean isOlderThan(Duration limit) {
    Age latest = age;
    return latest == null || nanoTime.getAsLong() - latest.asked() > limit.toNanos();
  }

  /** Whether the token's session is known to have ended, or is too old to know. */
  boolean contains(AccessToken token) {
    String session = token.sessionId();
    Long until = session == null ? null : forgottenAt.get(session);
    return (until != null && nanoTime.getAsLong() - until < 0)
        || !token.issuedAt().isAfter(notBefore);
  }
}
