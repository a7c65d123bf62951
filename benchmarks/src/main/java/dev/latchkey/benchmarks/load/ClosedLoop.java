package dev.latchkey.benchmarks.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * Users that each repeat one action as fast as they are answered.
 *
 * @param <U> the users
 */
public final class ClosedLoop<U extends Closeable> implements Closeable {

  private static final AtomicLong USERS = new AtomicLong();

  private final List<U> users;

  ClosedLoop(List<U> users) {
    this.users = users;
  }

  /** Registers that many users. */
  public static ClosedLoop<VirtualUser> of(URI service, int count) throws IOException {
    var users = new ArrayList<VirtualUser>();
    for (int i = 0; i < count; i++) {
      users.add(VirtualUser.register(service, newName()));
    }
    return new ClosedLoop<>(users);
  }

  /** Registers that many users, each of whom has a session that is bound to a key of its own. */
  public static ClosedLoop<VirtualUser> ofBound(URI service, int count) throws IOException {
    var users = new ArrayList<VirtualUser>();
    for (int i = 0; i < count; i++) {
      users.add(VirtualUser.registerBound(service, newName()));
    }
    return new ClosedLoop<>(users);
  }

  private static String newName() {
    return "user" + USERS.incrementAndGet();
  }

  /** Runs for that time. An answer that is none of success ends the run: it would be no result. */
  public Measurement run(Action<? super U> action, Duration time)
      throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    long end = start + time.toNanos();
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      List<Future<Histogram>> each =
          users.stream().map(user -> threads.submit(() -> repeat(action, user, end))).toList();
      var all = new Histogram(Measurement.DIGITS);
      for (Future<Histogram> one : each) {
        all.add(one.get());
      }
      return new Measurement(all, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private static <U> Histogram repeat(Action<? super U> action, U user, long end)
      throws IOException {
    var waits = new Histogram(Measurement.DIGITS);
    long now = System.nanoTime();
    while (now < end) {
      action.perform(user);
      long answered = System.nanoTime();
      waits.recordValue(answered - now);
      now = answered;
    }
    return waits;
  }

  @Override
  public void close() throws IOException {
    for (U user : users) {
      user.close();
    }
  }
}
