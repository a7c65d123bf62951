package dev.latchkey.adapters.persistence;

import dev.latchkey.application.port.out.StorageUnavailableException;
import io.micronaut.context.annotation.Primary;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time that all nodes on one database agree on: the database's, asked for now and then, and counted on by the
 * processor's counter in between. A node whose own clock is wrong, or is set while it runs, decides as the others do:
 * it does not take an honest retry for a late one. In milliseconds, as the database keeps it.
 */
@Singleton
@Primary // Micronaut brings a clock of its own
public final class DatabaseClock implements InstantSource {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);

  private final Supplier<Instant> database;
  private final LongSupplier nanoTime;
  private volatile Reading reading;

  @Inject
  DatabaseClock(ClockRepository clock) {
    this(() -> Outages.translate(clock::now), System::nanoTime);
  }

  DatabaseClock(Supplier<Instant> database, LongSupplier nanoTime) {
    this.database = database;
    this.nanoTime = nanoTime;
    this.reading = read();
  }

  @Override
  public Instant instant() {
    Reading last = reading;
    return last.time().plusNanos(nanoTime.getAsLong() - last.nanoTime()).truncatedTo(ChronoUnit.MILLIS);
  }

  /** Asks the database again; if it does not answer, the counter goes on. */
  @Scheduled(initialDelay = "10s", fixedDelay = "10s")
  void synchronise() {
    try {
      Instant before = instant();
      reading = read();
      Duration step = Duration.between(before, instant());
      if (step.abs().compareTo(Duration.ofSeconds(1)) > 0) {
        LOG.warn("The time of the database is another than expected, by {}", step);
      }
    } catch (StorageUnavailableException e) {
      LOG.debug("The database did not tell the time", e);
    }
  }

  /** The answer took some time, and is taken to have been true in the middle of it. */
  private Reading read() {
    long asked = nanoTime.getAsLong();
    Instant time = database.get();
    long answered = nanoTime.getAsLong();
    return new Reading(time, asked + (answered - asked) / 2);
  }

  private record Reading(Instant time, long nanoTime) {}
}
