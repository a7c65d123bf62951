package dev.latchkey.adapters.security.password;

import dev.latchkey.domain.session.ClientNetwork;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The threads that hash, and who may wait for them. They are platform threads of their own, as a
 * hash would keep a carrier of virtual threads from all that waits for it, and they yield the
 * processor to everything else, as hashing is the one thing here that a stranger can ask for
 * without end. For the same reason networks take turns, at getting a place and at being computed.
 */
final class HashingThreads {

  private static final long SECONDS_TO_KEEP_AN_IDLE_THREAD = 60;

  /** Of the latest duration in the moving average. */
  private static final double WEIGHT = 0.2;

  private final HashingLimits limits;
  private final Duration patience;
  private final LongSupplier nanoTime;
  private final ThreadPoolExecutor threads;

  /** Guards the places, the callers and the computations. */
  private final Lock lock = new ReentrantLock();

  private final Places places;

  /** Those who wait for a place. */
  private final Rotation<Caller> callers = new Rotation<>();

  /** Those that wait for a thread; whoever asks for one has a place. */
  private final Rotation<Runnable> computations = new Rotation<>();

  private int computing;
  private long refused;
  private long computed;
  private long waitedNanos;

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
    this.places = new Places(limits);
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
  <T> Optional<T> admit(ClientNetwork network, Function<Place, T> work) {
    try {
      if (!enter(network)) {
        return Optional.empty();
      }
      try {
        return Optional.of(work.apply(new Place(network)));
      } finally {
        locked(() -> giveBack(network));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (CancellationException _) {
      return Optional.empty();
    }
  }

  /** Whether there was room, or came to be within the patience. */
  private boolean enter(ClientNetwork network) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var caller = new Caller(network, lock.newCondition());
      callers.add(network, caller);
      admitCallers();
      try {
        long left = patience.toNanos();
        while (!caller.admitted && left > 0) {
          left = caller.admission.awaitNanos(left);
        }
        if (!caller.admitted) {
          refused++;
        }
        return caller.admitted;
      } catch (InterruptedException e) {
        if (caller.admitted) {
          giveBack(network);
        }
        throw e;
      } finally {
        callers.remove(network, caller);
      }
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(ClientNetwork network) {
    places.giveBack(network);
    admitCallers();
  }

  /** Wakes whoever has got a place, and nobody else. */
  private void admitCallers() {
    long turns = turnsInTime();
    while (places.haveRoomForNewcomer(turns)) {
      Optional<Caller> next = callers.next(network -> places.haveRoomFor(network, turns));
      if (next.isEmpty()) {
        return;
      }
      Caller caller = next.get();
      places.take(caller.network);
      caller.admitted = true;
      caller.admission.signal();
    }
  }

  /** How many computations end within the longest wait; any number before the first has ended. */
  private long turnsInTime() {
    return (long) ((double) limits.maxWait().toNanos() * limits.concurrency() / typicalNanos.get());
  }

  /** A caller that waits for a place, or has got one. */
  private static final class Caller {

    private final ClientNetwork network;
    private final Condition admission;
    private boolean admitted;

    private Caller(ClientNetwork network, Condition admission) {
      this.network = network;
      this.admission = admission;
    }
  }

  /** What admitted work computes with. */
  final class Place {

    private final ClientNetwork network;

    private Place(ClientNetwork network) {
      this.network = network;
    }

    /**
     * Computes on one of the threads when it is the turn of the network, and waits for the result.
     *
     * @throws CancellationException if the calling thread is interrupted; it stays so
     */
    <T> T compute(Supplier<T> computation) {
      long since = nanoTime.getAsLong();
      var task = new FutureTask<>(() -> timed(computation, since));
      locked(() -> computations.add(network, task));
      try {
        threads.execute(HashingThreads.this::computeNext);
        return task.get();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while waiting for a password to be hashed");
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(e.getCause());
      } finally {
        // Whoever is no longer waiting for it needs no thread.
        locked(() -> computations.remove(network, task));
      }
    }
  }

  /** The thread was asked for by one computation, and does the one whose turn it is. */
  private void computeNext() {
    nextComputation().ifPresent(Runnable::run);
  }

  private Optional<Runnable> nextComputation() {
    lock.lock();
    try {
      return computations.next(_ -> true);
    } finally {
      lock.unlock();
    }
  }

  /**
   * @param since when it asked for a thread
   */
  private <T> T timed(Supplier<T> computation, long since) {
    LowPriority.take();
    long start = nanoTime.getAsLong();
    locked(() -> begun(start - since));
    try {
      return computation.get();
    } finally {
      long took = nanoTime.getAsLong() - start;
      typicalNanos.updateAndGet(
          typical -> typical == 0 ? took : (long) (typical + WEIGHT * (took - typical)));
      locked(() -> computing--);
    }
  }

  private void begun(long waited) {
    computing++;
    computed++;
    waitedNanos += waited;
  }

  HashingLoad load() {
    lock.lock();
    try {
      return new HashingLoad(
          callers.size() + computations.size(),
          computing,
          refused,
          computed,
          Duration.ofNanos(waitedNanos));
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }
}
