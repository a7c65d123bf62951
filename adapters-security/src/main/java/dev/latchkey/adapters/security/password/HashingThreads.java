package dev.latchkey.adapters.security.password;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The threads that hash, and who may wait for them. They are platform threads of their own, as a
 * hash would keep a carrier of virtual threads from all that waits for it, and they yield the
 * processor to everything else, as hashing is the one thing here that a stranger can ask for
 * without end.
 */
final class HashingThreads {

  private static final long SECONDS_TO_KEEP_AN_IDLE_THREAD = 60;

  /** Of the latest duration in the moving average. */
  private static final double WEIGHT = 0.2;

  private final HashingLimits limits;
  private final Duration patience;
  private final LongSupplier nanoTime;
  private final ThreadPoolExecutor threads;
  private final Lock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();

  /** How many callers compute or wait for their turn; guarded by the lock. */
  private int admitted;

  /** What a computation took of late, in nanoseconds; 0 until the first has ended. */
  private final AtomicLong typicalNanos = new AtomicLong();

  /**
   * @param patience how long a caller that cannot be admitted waits for room; without that, callers
   *     that repeat at once would keep the service busy with refusing them
   */
  HashingThreads(HashingLimits limits, Duration patience, LongSupplier nanoTime) {
    this.limits = limits;
    this.patience = patience;
    this.nanoTime = nanoTime;
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

  /**
   * Does work that computes, on the calling thread; nothing if its turn would not come soon, or it
   * was interrupted.
   */
  <T> Optional<T> admit(Supplier<T> work) {
    try {
      if (!enter()) {
        return Optional.empty();
      }
      try {
        return Optional.of(work.get());
      } finally {
        leave();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (CancellationException _) {
      return Optional.empty();
    }
  }

  /** Whether there was room, or came to be within the patience. */
  private boolean enter() throws InterruptedException {
    long left = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (!hasRoom()) {
        if (left <= 0) {
          return false;
        }
        left = room.awaitNanos(left);
      }
      admitted++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom() {
    long ahead = Math.max(0, admitted + 1 - limits.concurrency());
    long expectedWait = ahead * typicalNanos.get() / limits.concurrency();
    return admitted - limits.concurrency() < limits.queue()
        && expectedWait <= limits.maxWait().toNanos();
  }

  private void leave() {
    lock.lock();
    try {
      admitted--;
      room.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Computes on one of the threads, in the order of calls, and waits for the result. To be called
   * by admitted work.
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
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  private <T> T timed(Supplier<T> computation) {
    LowPriority.take();
    long start = nanoTime.getAsLong();
    try {
      return computation.get();
    } finally {
      long took = nanoTime.getAsLong() - start;
      typicalNanos.updateAndGet(
          typical -> typical == 0 ? took : (long) (typical + WEIGHT * (took - typical)));
    }
  }
}
