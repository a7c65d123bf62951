package dev.latchkey.conformance;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what happens in another process. */
final class Poll {

  /** Longer than a library needs that reads keys again only every 30 s. */
  private static final Duration DEADLINE = Duration.ofSeconds(45);

  private static final Duration PAUSE = Duration.ofMillis(20);

  private Poll() {}

  static void until(Callable<Boolean> condition) throws InterruptedException {
    long start = System.nanoTime();
    try {
      while (!condition.call()) {
        if (System.nanoTime() - start > DEADLINE.toNanos()) {
          throw new AssertionError("It did not happen within " + DEADLINE);
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
