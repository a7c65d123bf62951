package dev.latchkey.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Lets threads do the same thing at the same time. */
final class Race {

  static final int CONTESTANTS = 8;

  private Race() {}

  /** What each contestant, 0 to 7, came back with; they start when all are ready. */
  static <T> List<T> run(IntFunction<T> contestant)
      throws InterruptedException, ExecutionException {
    var start = new CyclicBarrier(CONTESTANTS);
    try (ExecutorService threads = Executors.newFixedThreadPool(CONTESTANTS)) {
      List<Future<T>> runs = new ArrayList<>();
      for (int i = 0; i < CONTESTANTS; i++) {
        int number = i;
        runs.add(
            threads.submit(
                () -> {
                  start.await();
                  return contestant.apply(number);
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> run : runs) {
        results.add(run.get());
      }
      return results;
    }
  }
}
