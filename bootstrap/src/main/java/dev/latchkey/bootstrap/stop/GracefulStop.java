package dev.latchkey.bootstrap.stop;

import dev.latchkey.adapters.web.connection.Drain;
import dev.latchkey.bootstrap.job.Jobs;
import dev.latchkey.bootstrap.settings.LatchkeySettings;
import dev.latchkey.bootstrap.settings.StopSettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a stop does before anything is closed: the node is not ready any more, then accepts no
 * connection, then finishes what it does.
 */
@Singleton
public final class GracefulStop {

  private static final Logger LOG = LoggerFactory.getLogger(GracefulStop.class);

  private final StopSettings times;
  private final StopHealth health;
  private final Drain connections;
  private final Jobs jobs;

  GracefulStop(LatchkeySettings settings, StopHealth health, Drain connections, Jobs jobs) {
    this.times = settings.stop();
    this.health = health;
    this.connections = connections;
    this.jobs = jobs;
  }

  /**
   * Returns when nothing is under way any more, or the time for it is over, or the process gets
   * another signal to end.
   */
  public void run() {
    try (SecondSignal _ = SecondSignal.interruptingThisThread()) {
      becomeUnready();
      drain();
    } catch (InterruptedException _) {
      LOG.warn("Asked again to stop, so what is under way is cut");
    }
  }

  private void becomeUnready() throws InterruptedException {
    health.stops();
    if (times.grace().isPositive()) {
      LOG.info("Not ready any more, and stops in {} s", times.grace().toSeconds());
      Thread.sleep(times.grace());
    }
  }

  private void drain() throws InterruptedException {
    long end = System.nanoTime() + times.drain().toNanos();
    connections.begin();
    jobs.finish();
    int left = connections.await(Duration.ofNanos(end - System.nanoTime()));
    if (left > 0) {
      LOG.warn("{} connections are cut, {} s are over", left, times.drain().toSeconds());
    }
    if (!jobs.await(Duration.ofNanos(end - System.nanoTime()))) {
      LOG.warn("A job is cut, {} s are over", times.drain().toSeconds());
    }
  }
}
