package dev.latchkey.bootstrap.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Does the same thing many times at once. */
public final class Concurrently {

  private Concurrently() {}

  /**
   * Runs {@code action} with the numbers from 0 to {@code times - 1}, each on its own thread, all
   * let go together.
   */
  public static <T> List<T> run(int times, IntFunction<T> action) {
    var start = new CountDownLatch(1);
    var futures = new ArrayList<Future<T>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < times; i++) {
        int number = i;
        futures.add(
            threads.submit(
                () -> {
                  start.await();
                  return action.apply(number);
                }));
      }
      start.countDown();
    }
    return futures.stream().map(Concurrently::result).toList();
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
