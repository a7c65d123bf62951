package dev.latchkey.adapters.persistence;

import dev.latchkey.application.port.out.StorageUnavailableException;
import io.micronaut.data.connection.exceptions.ConnectionException;
import io.micronaut.data.connection.jdbc.exceptions.CannotGetJdbcConnectionException;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells a database that is out of reach from a statement that is wrong. */
final class Outages {

  /** SQLSTATE classes: connection exception, insufficient resources, operator intervention (shut-down, cancel). */
  private static final List<String> CLASSES = List.of("08", "53", "57");

  private Outages() {}

  /**
   * Runs statements.
   *
   * @throws StorageUnavailableException in place of an exception that an outage has caused; others stay as they are
   */
  static <T> T translate(Supplier<T> statements) {
    try {
      return statements.get();
    } catch (RuntimeException e) {
      throw translated(e);
    }
  }

  static void translate(Runnable statements) {
    try {
      statements.run();
    } catch (RuntimeException e) {
      throw translated(e);
    }
  }

  private static RuntimeException translated(RuntimeException exception) {
    if (exception instanceof StorageUnavailableException) {
      return exception;
    }
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (isOutage(cause)) {
        return new StorageUnavailableException(exception);
      }
    }
    return exception;
  }

  private static boolean isOutage(Throwable cause) {
    return switch (cause) {
      case CannotGetJdbcConnectionException _, ConnectionException _ -> true;
      case SQLException e -> isOutage(e.getSQLState());
      default -> false;
    };
  }

  private static boolean isOutage(@Nullable String sqlState) {
    return sqlState != null && CLASSES.stream().anyMatch(sqlState::startsWith);
  }
}
