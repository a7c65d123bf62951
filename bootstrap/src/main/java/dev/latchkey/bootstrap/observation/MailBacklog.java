package dev.latchkey.bootstrap.observation;

import dev.latchkey.application.port.in.mail.MeasureMailBacklog.Backlog;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;

/** How much mail waited when it was last looked at, for metrics and health. */
@Singleton
public final class MailBacklog {

  private volatile Backlog latest = new Backlog(0, Duration.ZERO);

  MailBacklog(MeterRegistry registry) {
    var _ = registry.gauge("latchkey.mail.waiting", this, backlog -> backlog.latest.waiting());
    var _ =
        registry.gauge(
            "latchkey.mail.lag.seconds", this, backlog -> backlog.latest.lag().toSeconds());
  }

  public void measured(Backlog backlog) {
    latest = backlog;
  }

  Backlog latest() {
    return latest;
  }
}
