package dev.latchkey.adapters.persistence.clock;

import dev.latchkey.adapters.persistence.connection.Outages;
import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.out.TrustedTime;
import io.micronaut.context.annotation.Primary;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time that all nodes on one database agree on: the database's, asked for now and then, and
 * counted on by the processor's counter in between. A node whose own clock is wrong, or is set
 * while it runs, decides as the others do: it does not take an honest retry for a late one. In
 * milliseconds, as the database keeps it.
 *
 * <p>For what cannot be undone ({@link TrustedTime}) that is not enough: the database's clock may
 * be wrong itself, even if only for a minute. There it counts only while the machine's own clock is
 * not far from it, and when it has not been set for a while.
 */
@Singleton
@Primary // Micronaut brings a clock of its own
public final class DatabaseClock implements InstantSource, TrustedTime {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);

  /**
   * An answer that comes within this time is off by half of it at most, which no decision can tell.
   */
  private static final Duration SHORT = Duration.ofMillis(20);

  /**
   * The first answers of a process are slow: connections are opened, and code is compiled. A
   * distant one is always.
   */
  private static final int QUESTIONS = 8;

  /** By how much a clock may run fast or slow while NTP corrects it: 500 parts in a million. */
  private static final long ONE_SECOND_OF_DRIFT_IN = 2000;

  /** By how much the clocks of database and machine may differ. NTP keeps them much closer. */
  private static final Duration TOLERANCE = Duration.ofHours(1);

  /**
   * A clock that is moved by more than this from one answer to the next was set; NTP corrects less
   * by slewing.
   */
  private static final Duration STEP = Duration.ofMinutes(1);

  /**
   * How long a clock that was set must run on without that. A wrong clock is usually found out
   * before.
   */
  private static final Duration PROBATION = Duration.ofHours(1);

  private final Supplier<Instant> database;
  private final InstantSource machine;
  private final LongSupplier nanoTime;
  private volatile State state;

  @Inject
  DatabaseClock(ConnectionOperations<Connection> connections) {
    this(() -> timeOf(connections), InstantSource.system(), System::nanoTime);
  }

  DatabaseClock(Supplier<Instant> database, InstantSource machine, LongSupplier nanoTime) {
    this.database = database;
    this.machine = machine;
    this.nanoTime = nanoTime;
    this.state = new State(read(), OptionalLong.empty());
  }

  private static Instant timeOf(ConnectionOperations<Connection> connections) {
    return Outages.translate(
        () -> connections.executeRead(status -> timeOf(status.getConnection())));
  }

  private static Instant timeOf(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("SELECT clock_timestamp()")) {
      if (!answer.next()) {
        throw new IllegalStateException("the database did not return the time");
      }
      return answer.getObject(1, OffsetDateTime.class).toInstant();
    } catch (SQLException e) {
      throw new DataAccessException("the database did not return the time", e);
    }
  }

  @Override
  public Instant instant() {
    return millis(state.reading().timeAt(nanoTime.getAsLong()));
  }

  /**
   * The same time, while it is within an hour of the machine's own, and unless the database's clock
   * was set (by more than a minute, forwards or backwards) within the last hour by the processor's
   * counter.
   */
  @Override
  public Optional<Instant> now() {
    State last = state;
    long counter = nanoTime.getAsLong();
    Instant time = last.reading().timeAt(counter);
    boolean tolerable = Duration.between(machine.instant(), time).abs().compareTo(TOLERANCE) <= 0;
    return tolerable && !last.isOnProbationAt(counter)
        ? Optional.of(millis(time))
        : Optional.empty();
  }

  /** How far the database's clock is ahead of the machine's; negative if it is behind. */
  public Duration difference() {
    return Duration.between(machine.instant(), state.reading().timeAt(nanoTime.getAsLong()));
  }

  private static Instant millis(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Asks the database again; if it does not answer, or only slowly, the counter goes on from the
   * last good answer.
   */
  @Scheduled(initialDelay = "10s", fixedDelay = "10s")
  public void synchronise() {
    try {
      follow(read());
    } catch (StorageUnavailableException e) {
      LOG.debug("The database did not return the time", e);
    }
  }

  private void follow(Reading next) {
    State last = state;
    Duration difference = next.differenceFrom(last.reading());
    boolean agrees = next.agreesWith(last.reading());
    if (!agrees && difference.abs().compareTo(STEP) > 0) {
      state = new State(next, OptionalLong.of(next.answered()));
    } else if (!agrees || next.isBetterThan(last.reading())) {
      state = new State(next, last.setAt());
    }
    if (!agrees && difference.abs().compareTo(Duration.ofSeconds(1)) > 0) {
      LOG.warn("The database time differs from the expected time by {}", difference);
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
   * All that is known, in one value: when a new time can be seen, so can that it is not to be
   * relied on.
   *
   * @param setAt when the database's clock was last seen to have been set, by the processor's
   *     counter
   */
  private record State(Reading reading, OptionalLong setAt) {

    boolean isOnProbationAt(long counter) {
      return setAt.isPresent() && counter - setAt.getAsLong() < PROBATION.toNanos();
    }
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

    /**
     * The answer is assumed to have been right in the middle, so it is off by half of the round
     * trip at most.
     */
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
      return differenceFrom(earlier).abs().toNanos()
          <= errorAt(answered) + earlier.errorAt(answered);
    }

    Duration differenceFrom(Reading earlier) {
      return Duration.between(earlier.timeAt(answered), timeAt(answered));
    }
  }
}
