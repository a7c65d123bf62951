package dev.latchkey.adapters.persistence.connection;

import dev.latchkey.application.port.StorageUnavailableException;
import io.micronaut.data.connection.exceptions.ConnectionException;
import io.micronaut.data.connection.jdbc.exceptions.CannotGetJdbcConnectionException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes a database that is unavailable from a statement that is wrong, by the SQLSTATE
 * (PostgreSQL's manual, appendix "PostgreSQL Error Codes"): what a restart, a fail-over, a lack of
 * resources or another transaction can cause is an outage; what only a fault of the service can
 * cause is not.
 */
public final class Outages {

  /**
   * Whole classes: connection exception, insufficient resources (memory, disk, connections),
   * operator intervention (shut-down, start-up, cancellation, statement timeout), system error (of
   * disk or operating system).
   */
  private static final List<String> CLASSES = List.of("08", "53", "57", "58");

  /** Of classes that also stand for mistakes. */
  private static final Set<String> STATES =
      Set.of(
          "25006", // read-only transaction: a stand-by, or the old primary of a fail-over
          "25P03", // the time for idling in a transaction is over, and so is the connection
          "25P04", // the time for a transaction is over, and so is the connection
          "26000", // unknown prepared statement: a proxy now leads to another server
          "40001", // serialization failure: in READ COMMITTED, a stand-by gave way to its primary
          "40003", // nobody knows whether the statement was completed
          "55P03"); // lock not available in time

  /**
   * Of those, the ones that belong to the connection or to the server at its other end. Without the
   * rest of class 57: a statement that was cancelled leaves its connection as it was.
   */
  private static final List<String> CURED_BY_ANOTHER_CONNECTION =
      List.of("08", "25006", "25P03", "25P04", "26000", "57P", "58");

  private Outages() {}

  /**
   * Runs statements.
   *
   * @throws StorageUnavailableException in place of an exception that an outage has caused; others
   *     stay as they are
   */
  public static <T extends @Nullable Object> T translate(Supplier<T> statements) {
    try {
      return statements.get();
    } catch (RuntimeException e) {
      throw translated(e);
    }
  }

  private static RuntimeException translated(RuntimeException exception) {
    if (exception instanceof StorageUnavailableException) {
      return exception;
    }
    return anyCause(exception, Outages::isOutage)
        ? new StorageUnavailableException(exception)
        : exception;
  }

  /**
   * Whether the connection that failed in this way must not be used again, because another one may
   * not fail.
   */
  static boolean callForAnotherConnection(SQLException exception) {
    return anyCause(
        exception,
        cause ->
            cause instanceof SQLException e
                && startsWithAny(e.getSQLState(), CURED_BY_ANOTHER_CONNECTION));
  }

  private static boolean isOutage(Throwable cause) {
    return switch (cause) {
      case CannotGetJdbcConnectionException _, ConnectionException _, SocketTimeoutException _ ->
          true;
      case SQLTransientConnectionException _, SQLNonTransientConnectionException _ -> true;
      case SQLRecoverableException _, SQLTimeoutException _ -> true;
      case SQLException e -> isOutage(e.getSQLState());
      default -> false;
    };
  }

  private static boolean isOutage(@Nullable String sqlState) {
    return startsWithAny(sqlState, CLASSES) || (sqlState != null && STATES.contains(sqlState));
  }

  private static boolean startsWithAny(@Nullable String sqlState, List<String> prefixes) {
    return sqlState != null && prefixes.stream().anyMatch(sqlState::startsWith);
  }

  /**
   * Looks at the causes and, as the exception of a batch has its own elsewhere, at the next
   * exceptions; each once.
   */
  private static boolean anyCause(Throwable exception, Predicate<Throwable> predicate) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> left = new ArrayDeque<>(List.of(exception));
    while (!left.isEmpty()) {
      Throwable cause = left.remove();
      if (predicate.test(cause)) {
        return true;
      }
      seen.add(cause);
      addUnlessSeen(left, cause.getCause(), seen);
      addUnlessSeen(left, cause instanceof SQLException e ? e.getNextException() : null, seen);
    }
    return false;
  }

  private static void addUnlessSeen(
      Deque<Throwable> left, @Nullable Throwable cause, Set<Throwable> seen) {
    if (cause != null && !seen.contains(cause)) {
      left.add(cause);
    }
  }
}
