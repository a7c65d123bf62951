package dev.latchkey.bootstrap.stop;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes what was opened last when the process is asked to end, however far the start has come by
 * then.
 */
public final class ShutdownHook {

  private static final long SECONDS_FOR_A_START_TO_END = 60;

  private final CountDownLatch startHasEnded = new CountDownLatch(1);
  private @Nullable Runnable close;
  private boolean stopping;

  private ShutdownHook() {}

  public static ShutdownHook register() {
    var hook = new ShutdownHook();
    Runtime.getRuntime().addShutdownHook(new Thread(hook::stop, "shutdown"));
    return hook;
  }

  /**
   * From now on closes this, and nothing that it was given before.
   *
   * @throws IllegalStateException if the process is ending already; then it closes nothing more
   */
  public synchronized void closesBy(Runnable next) {
    if (stopping) {
      throw new IllegalStateException("the process is ending");
    }
    close = next;
  }

  /** Whether the process was asked to end, so that whatever fails now fails because of that. */
  public synchronized boolean isStopping() {
    return stopping;
  }

  /** The start is over, whether it succeeded or not. Until then the process does not end. */
  public void startHasEnded() {
    startHasEnded.countDown();
  }

  private void stop() {
    Runnable last;
    synchronized (this) {
      stopping = true;
      last = close;
    }
    if (last != null) {
      last.run();
    }
    try {
      // A start that was interrupted closes by itself what it has just opened.
      var _ = startHasEnded.await(SECONDS_FOR_A_START_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
