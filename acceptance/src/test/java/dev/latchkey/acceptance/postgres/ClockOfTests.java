package dev.latchkey.acceptance.postgres;

import dev.latchkey.adapters.persistence.clock.DatabaseClock;
import dev.latchkey.adapters.web.http.AdjustableClock;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Gives every node a clock that its test sets, in the place of the database's, unless the test
 * wants to see that one at work.
 */
@Factory
public final class ClockOfTests {

  /** The setting that leaves a node the clock of the database. */
  public static final String OFF = "test.time-of-the-database";

  @Singleton
  @Primary
  @Replaces(DatabaseClock.class)
  @Requires(missingProperty = OFF)
  AdjustableClock clock(@Property(name = AdjustableClock.STARTS_AT) @Nullable Instant startsAt) {
    return new AdjustableClock(startsAt);
  }
}
