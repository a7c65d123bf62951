package dev.latchkey.resourceserver;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The proofs that this process has accepted, for as long as they would be accepted again. There are
 * never more than a fixed number: beyond that the oldest is forgotten first.
 */
final class SeenProofs {

  /** About 15 MB when full; at a window of a minute, 800 calls in each second with proofs. */
  static final int MOST = 100_000;

  private final Duration remembered;
  private final int most;
  private final LongSupplier nanoTime;
  private final Set<Id> ids = new HashSet<>();
  private final Queue<Entry> inOrder = new ArrayDeque<>();

  /**
   * @param window how far the time of a proof may be from the time here, both ways
   */
  SeenProofs(Duration window, int most, LongSupplier nanoTime) {
    this.remembered = window.multipliedBy(2).plusSeconds(1);
    this.most = most;
    this.nanoTime = nanoTime;
  }

  /** 128 bits of the digest of both: ids are as long as whoever makes them likes. */
  private record Id(long high, long low) {

    static Id of(String thumbprint, String id) {
      ByteBuffer digest = ByteBuffer.wrap(Proofs.digest(thumbprint + ' ' + id));
      return new Id(digest.getLong(), digest.getLong());
    }
  }

  private record Entry(Id id, long seenAt) {}

  /** Whether this key has not used this id before. From now on it has. */
  synchronized boolean isNew(String thumbprint, String id) {
    long now = nanoTime.getAsLong();
    Entry oldest = inOrder.peek();
    while (oldest != null && now - oldest.seenAt() > remembered.toNanos()) {
      forgetOldest();
      oldest = inOrder.peek();
    }
    Id unique = Id.of(thumbprint, id);
    if (!ids.add(unique)) {
      return false;
    }
    if (ids.size() > most) {
      forgetOldest();
    }
    inOrder.add(new Entry(unique, now));
    return true;
  }

  private void forgetOldest() {
    ids.remove(inOrder.remove().id());
  }
}
