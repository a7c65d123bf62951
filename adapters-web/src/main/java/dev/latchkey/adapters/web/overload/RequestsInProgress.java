package dev.latchkey.adapters.web.overload;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The requests that are worked on, no more than a limit; the others wait for their turn, in the
 * order in which they came. Whoever would wait too long, going by what the latest requests took, is
 * refused at once; and whoever has waited that long, too. So requests that are admitted take about
 * as long as ever, however many come.
 */
@Singleton
public final class RequestsInProgress {

  /** Of the latest duration in the moving average. */
  private static final double WEIGHT = 0.02;

  private final RequestLimits limits;
  private final LongSupplier nanoTime;
  private final Semaphore places;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong refused = new AtomicLong();

  /** What a request took of late, in nanoseconds; 0 until the first has ended. */
  private final AtomicLong typicalNanos = new AtomicLong();

  @Inject
  RequestsInProgress(RequestLimits limits) {
    this(limits, System::nanoTime);
  }

  RequestsInProgress(RequestLimits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.places = new Semaphore(limits.concurrency(), true);
  }

  /** Works when it is its turn, on this thread; or refuses. */
  <T> T admit(Supplier<T> work, Supplier<T> refusal) {
    if (!enter()) {
      refused.incrementAndGet();
      return refusal.get();
    }
    long start = nanoTime.getAsLong();
    try {
      return work.get();
    } finally {
      note(nanoTime.getAsLong() - start);
      places.release();
    }
  }

  private boolean enter() {
    try {
      // Without time, but behind those who wait.
      if (places.tryAcquire(0, TimeUnit.NANOSECONDS)) {
        return true;
      }
      try {
        return expectedWait(waiting.incrementAndGet()) <= limits.maxWait().toNanos()
            && places.tryAcquire(limits.maxWait().toNanos(), TimeUnit.NANOSECONDS);
      } finally {
        waiting.decrementAndGet();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private long expectedWait(long position) {
    return position * typicalNanos.get() / limits.concurrency();
  }

  private void note(long took) {
    typicalNanos.updateAndGet(
        typical -> typical == 0 ? took : (long) (typical + WEIGHT * (took - typical)));
  }

  /** How many are worked on now. */
  public int inProgress() {
    return limits.concurrency() - places.availablePermits();
  }

  /** How many wait for their turn now. */
  public int waiting() {
    return waiting.get();
  }

  /** How many were refused since the start. */
  public long refused() {
    return refused.get();
  }
}
