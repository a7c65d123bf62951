package dev.latchkey.bootstrap.job;

import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** All jobs, when the service stops: none begins any more, and one that runs comes to its end. */
@Singleton
public final class Jobs {

  private final ExecutorService schedule;

  Jobs(@Named(TaskExecutors.SCHEDULED) ExecutorService schedule) {
    this.schedule = schedule;
  }

  /** On any thread; returns at once. */
  public void finish() {
    schedule.shutdown();
  }

  /** Whether those that do one thing after the other are to stop after this one. */
  boolean areToFinish() {
    return schedule.isShutdown();
  }

  /**
   * Whether all have ended within the time.
   *
   * @throws InterruptedException if this thread is interrupted meanwhile
   */
  public boolean await(Duration atMost) throws InterruptedException {
    return schedule.awaitTermination(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }
}
