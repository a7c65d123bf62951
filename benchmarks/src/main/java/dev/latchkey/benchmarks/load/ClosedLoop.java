package dev.latchkey.benchmarks.load;

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

/** Users that each repeat one operation as fast as they are answered. */
public final class ClosedLoop implements AutoCloseable {

  private static final AtomicLong USERS = new AtomicLong();

  private final List<VirtualUser> users;

  private ClosedLoop(List<VirtualUser> users) {
    this.users = users;
  }

  /** Registers that many users. */
  public static ClosedLoop of(URI service, int count) throws IOException {
    var users = new ArrayList<VirtualUser>();
    for (int i = 0; i < count; i++) {
      users.add(VirtualUser.register(service, "user" + USERS.incrementAndGet()));
    }
    return new ClosedLoop(users);
  }

  /** Runs for that time. An answer that is none of success ends the run: it would be no result. */
  public Measurement run(Operation operation, Duration time)
      throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    long end = start + time.toNanos();
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      List<Future<Histogram>> each =
          users.stream().map(user -> threads.submit(() -> repeat(operation, user, end))).toList();
      var all = new Histogram(Measurement.DIGITS);
      for (Future<Histogram> one : each) {
        all.add(one.get());
      }
      return new Measurement(all, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private static Histogram repeat(Operation operation, VirtualUser user, long end)
      throws IOException {
    var waits = new Histogram(Measurement.DIGITS);
    long now = System.nanoTime();
    while (now < end) {
      operation.perform(user);
      long answered = System.nanoTime();
      waits.recordValue(answered - now);
      now = answered;
    }
    return waits;
  }

  @Override
  public void close() throws IOException {
    for (VirtualUser user : users) {
      user.close();
    }
  }
}
