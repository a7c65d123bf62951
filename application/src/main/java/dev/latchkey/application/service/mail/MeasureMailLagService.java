package dev.latchkey.application.service.mail;

import dev.latchkey.application.port.in.mail.MeasureMailLag;
import dev.latchkey.application.port.out.mail.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** {@link MeasureMailLag}. */
public final class MeasureMailLagService implements MeasureMailLag {

  private final Outbox outbox;
  private final InstantSource clock;

  public MeasureMailLagService(Outbox outbox, InstantSource clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public Duration execute() {
    Instant now = clock.instant();
    return outbox
        .oldest()
        .map(writtenAt -> Duration.between(writtenAt, now))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }
}
