package dev.latchkey.application.service.mail;

import dev.latchkey.application.port.in.mail.MeasureMailBacklog;
import dev.latchkey.application.port.out.mail.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** {@link MeasureMailBacklog}. */
public final class MeasureMailBacklogService implements MeasureMailBacklog {

  private final Outbox outbox;
  private final InstantSource clock;

  public MeasureMailBacklogService(Outbox outbox, InstantSource clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public Backlog execute() {
    Instant now = clock.instant();
    Duration lag =
        outbox
            .oldest()
            .map(writtenAt -> Duration.between(writtenAt, now))
            .filter(Duration::isPositive)
            .orElse(Duration.ZERO);
    return new Backlog(outbox.waiting(), lag);
  }
}
