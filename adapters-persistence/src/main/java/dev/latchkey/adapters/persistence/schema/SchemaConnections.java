package dev.latchkey.adapters.persistence.schema;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A new connection each time, past the pool and without the time limits of requests. */
final class SchemaConnections implements DataSource {

  /**
   * While a migration waits for a table, all who come later wait behind it, even to read. They wait
   * for 3 s before they give up (application.yml), so it gives up sooner.
   */
  private static final String LOCK_TIMEOUT = "SET lock_timeout = '2s'";

  private final String url;
  private final String username;
  private final String password;

  SchemaConnections(String url, String username, String password) {
    this.url = url;
    this.username = username;
    this.password = password;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return getConnection(username, password);
  }

  @Override
  public Connection getConnection(String user, String secret) throws SQLException {
    Connection connection =
        user.isEmpty()
            ? DriverManager.getConnection(url)
            : DriverManager.getConnection(url, user, secret);
    try (Statement statement = connection.createStatement()) {
      var _ = statement.execute(LOCK_TIMEOUT);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter writer) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public int getLoginTimeout() {
    return 0; // that of the driver
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }

  /** Without the URL, which may have credentials among its parameters. */
  @Override
  public String toString() {
    return "SchemaConnections";
  }
}
