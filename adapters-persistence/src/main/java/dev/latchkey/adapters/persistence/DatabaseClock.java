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

  /** An answer that comes within this time is off by half of it at most, which no decision can tell. */
  private static final Duration SHORT = Duration.ofMillis(20);

  /** The first answers of a process are slow: connections are opened, and code is compiled. A distant one is always. */
  private static final int QUESTIONS = 8;

  /** By how much a clock may run fast or slow while NTP corrects it: 500 parts in a million. */
  private static final long ONE_SECOND_OF_DRIFT_IN = 2000;

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
    return reading.timeAt(nanoTime.getAsLong()).truncatedTo(ChronoUnit.MILLIS);
  }

  /** Asks the database again; if it does not answer, or only slowly, the counter goes on from the last good answer. */
  @Scheduled(initialDelay = "10s", fixedDelay = "10s")
  void synchronise() {
    try {
      follow(read());
    } catch (StorageUnavailableException e) {
      LOG.debug("The database did not tell the time", e);
    }
  }

  private void follow(Reading next) {
    Reading last = reading;
    Duration step = next.differenceFrom(last);
    boolean agrees = next.agreesWith(last);
    if (!agrees || next.isBetterThan(last)) {
      reading = next;
    }
    if (!agrees && step.abs().compareTo(Duration.ofSeconds(1)) > 0) {
      LOG.warn("The time of the database is another than expected, by {}", step);
    }
  }

  /** The best of several answers, or the first that is good enough. */
  private Reading read() {
    Reading best = ask();
    for (int asked = 1; asked < QUESTIONS && best.roundTrip() > SHORT.toNanos(); asked++) {
      Reading next = ask();
      best = next.roundTrip() < best.roundTrip() ? next : best;
    }
    return best;
  }

  private Reading ask() {
    long asked = nanoTime.getAsLong();
    Instant time = database.get();
    return new Reading(time, asked, nanoTime.getAsLong());
  }

  /**
   * What the database answered.
   *
   * @param time was right at some moment between the next two
   * @param asked by the processor's counter, in nanoseconds
   * @param answered by the same
   */
  private record Reading(Instant time, long asked, long answered) {

    long roundTrip() {
      return answered - asked;
    }

    /** The answer is taken to have been right in the middle: so it is off by half of the round trip at most. */
    Instant timeAt(long nanoTime) {
      return time.plusNanos(nanoTime - (asked + roundTrip() / 2));
    }

    /** How far {@link #timeAt} may be off. */
    private long errorAt(long nanoTime) {
      return roundTrip() / 2 + (nanoTime - answered) / ONE_SECOND_OF_DRIFT_IN;
    }

    boolean isBetterThan(Reading earlier) {
      return errorAt(answered) <= earlier.errorAt(answered);
    }

    /** Whether both may be right. */
    boolean agreesWith(Reading earlier) {
      return differenceFrom(earlier).abs().toNanos() <= errorAt(answered) + earlier.errorAt(answered);
    }

    Duration differenceFrom(Reading earlier) {
      return Duration.between(earlier.timeAt(answered), timeAt(answered));
    }
  }
}
