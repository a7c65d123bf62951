package dev.latchkey.adapters.security;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The threads that hash, and who may wait for them. They are platform threads of their own, as a hash would keep a
 * carrier of virtual threads from all that waits for it, and they yield the processor to everything else, as hashing is
 * the one thing here that a stranger can ask for without end.
 */
final class HashingThreads {

  private static final long SECONDS_TO_KEEP_AN_IDLE_THREAD = 60;

  /** Of the latest duration in the moving average. */
  private static final double WEIGHT = 0.2;

  private final HashingLimits limits;
  private final LongSupplier nanoTime;
  private final ThreadPoolExecutor threads;

  /** One permit for each caller that computes or waits. */
  private final Semaphore places;

  /** What a computation took of late, in nanoseconds; 0 until the first has ended. */
  private final AtomicLong typicalNanos = new AtomicLong();

  HashingThreads(HashingLimits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.places = new Semaphore(capacity());
    this.threads =
        new ThreadPoolExecutor(
            limits.concurrency(),
            limits.concurrency(),
            SECONDS_TO_KEEP_AN_IDLE_THREAD,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("password-hashing-", 1).factory());
    // A thread keeps the memory that it hashes in; an idle service gives it back.
    threads.allowCoreThreadTimeOut(true);
  }

  private int capacity() {
    return Math.addExact(limits.concurrency(), limits.queue());
  }

  /** Does work that computes, on the calling thread; nothing if its turn would not come soon, or it was interrupted. */
  <T> Optional<T> admit(Supplier<T> work) {
    if (!places.tryAcquire()) {
      return Optional.empty();
    }
    try {
      return expectedWaitNanos() > limits.maxWait().toNanos() ? Optional.empty() : Optional.of(work.get());
    } catch (CancellationException _) {
      return Optional.empty();
    } finally {
      places.release();
    }
  }

  /** Of the caller that was admitted last. */
  private long expectedWaitNanos() {
    int admitted = capacity() - places.availablePermits();
    return Math.max(0, admitted - limits.concurrency()) * typicalNanos.get() / limits.concurrency();
  }

  /**
   * Computes on one of the threads, in the order of calls, and waits for the result. To be called by admitted work.
   *
   * @throws CancellationException if the calling thread is interrupted; it stays so
   */
  <T> T compute(Supplier<T> computation) {
    Future<T> result = threads.submit(() -> timed(computation));
    try {
      return result.get();
    } catch (InterruptedException _) {
      result.cancel(false);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a password to be hashed");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    }
  }

  private <T> T timed(Supplier<T> computation) {
    LowPriority.take();
    long start = nanoTime.getAsLong();
    try {
      return computation.get();
    } finally {
      long took = nanoTime.getAsLong() - start;
      typicalNanos.updateAndGet(typical -> typical == 0 ? took : (long) (typical + WEIGHT * (took - typical)));
    }
  }
}
