package dev.latchkey.testkit;

import dev.latchkey.application.port.out.TrustedTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The time of a clock, until a test says that it cannot be relied on. */
public final class FakeTrustedTime implements TrustedTime {

  private final InstantSource clock;
  private volatile boolean trusted = true;

  public FakeTrustedTime(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Optional<Instant> now() {
    return trusted ? Optional.of(clock.instant()) : Optional.empty();
  }

  public void distrust() {
    trusted = false;
  }

  public void trust() {
    trusted = true;
  }
}
