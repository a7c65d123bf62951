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
public final class Race {

  static final int CONTESTANTS = 8;

  private Race() {}

  /** What each contestant, 0 to 7, came back with; they start when all are ready. */
  static <T> List<T> run(IntFunction<T> contestant) {
    return run(CONTESTANTS, contestant);
  }

  /** The same for as many contestants as the test wants, who are numbered from 0 on. */
  public static <T> List<T> run(int contestants, IntFunction<T> contestant) {
    var start = new CyclicBarrier(contestants);
    var runs = new ArrayList<Future<T>>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < contestants; i++) {
        int number = i;
        runs.add(
            threads.submit(
                () -> {
                  start.await();
                  return contestant.apply(number);
                }));
      }
    }
    return runs.stream().map(Race::result).toList();
  }

  private static <T> T result(Future<T> run) {
    try {
      return run.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
