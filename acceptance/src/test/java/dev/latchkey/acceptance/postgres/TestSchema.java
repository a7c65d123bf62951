package dev.latchkey.acceptance.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A schema of its own in the database of the tests, for nodes that are to share nothing with the
 * others.
 */
public final class TestSchema implements AutoCloseable {

  private final String name;

  private TestSchema(String name) {
    this.name = name;
  }

  public static TestSchema create(String name) throws SQLException {
    execute("CREATE SCHEMA " + name);
    return new TestSchema(name);
  }

  /** For {@code datasources.default.url}. */
  public String url() {
    String url = String.valueOf(TestDatabase.settings().get("datasources.default.url"));
    return url + (url.contains("?") ? "&" : "?") + "currentSchema=" + name;
  }

  /**
   * @param sql in which tables of this schema have its name in front
   */
  public static void execute(String sql) throws SQLException {
    try (Connection connection = TestDatabase.connect();
        Statement statement = connection.createStatement()) {
      var _ = statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    execute("DROP SCHEMA " + name + " CASCADE");
  }
}
