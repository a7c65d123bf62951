package dev.latchkey.adapters.persistence;

import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Registrations;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.attempt.AttemptCounts;
import dev.latchkey.application.port.out.mail.MailedCodes;
import dev.latchkey.application.port.out.mail.Outbox;
import dev.latchkey.application.port.out.session.EndedSessions;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.embeddedpostgres.TestCluster;
import dev.latchkey.testkit.Stores;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.Argument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/**
 * A real PostgreSQL with the adapters on it, started when a test first asks for it and shared by
 * all tests of this JVM. If it cannot be started, tests fail. Its roles are those that operators
 * make, so what the adapters do in any test is what the role of the service may do.
 */
public final class PostgresServer {

  /** The file that operators execute. */
  static final Path ROLES = Path.of("../operation/roles.sql");

  private static final TestCluster SERVER = startForAll();
  private static final ApplicationContext ADAPTERS = adaptersOn(SERVER, inTheirRoles());

  private PostgresServer() {}

  public static <T> T bean(Class<T> type) {
    return ADAPTERS.getBean(type);
  }

  public static <T> T bean(Argument<T> type) {
    return ADAPTERS.getBean(type);
  }

  /** The database itself, past the adapters and their pool. */
  public static DataSource database() {
    return SERVER.dataSource();
  }

  /** The same for others than the superuser. */
  public static String url() {
    return SERVER.url();
  }

  /** Leaves a test nothing of the tests before. */
  public static void empty() {
    execute(
        """
        TRUNCATE users, sessions, signing_keys, attempts, registrations, released_usernames,
            mailed_codes, outbox, deleted_sessions
        """);
  }

  /** The adapters, with nothing in their tables. */
  public static Stores emptyStores() {
    empty();
    return new Stores(
        bean(Users.class),
        bean(Sessions.class),
        bean(EndedSessions.class),
        bean(AttemptCounts.class),
        bean(Registrations.class),
        bean(MailedCodes.class),
        bean(Outbox.class),
        bean(Transactions.class));
  }

  public static void execute(String sql) {
    execute(database(), sql);
  }

  public static void execute(DataSource database, String sql) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether some statement waits for a lock. */
  public static boolean isAnybodyWaiting() {
    try (Connection connection = database().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")) {
      return row.next() && row.getBoolean(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Without autovacuum, what an update does depends on the test alone; with another default
   * isolation level, read committed is what the data source asks for. Nothing here needs to survive
   * a crash of the machine.
   */
  public static void start(TestCluster server) throws IOException {
    server.start("autovacuum=off", "default_transaction_isolation=serializable", "fsync=off");
  }

  private static TestCluster startForAll() {
    try {
      Path target = Files.createDirectories(Path.of("target", "data")).toRealPath();
      TestCluster server = TestCluster.in(Files.createTempDirectory(target, "postgres"));
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      start(server);
      execute(server.dataSource(), Files.readString(ROLES));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The settings by which one role migrates and another serves. */
  static Map<String, Object> inTheirRoles() {
    return Map.of(
        "datasources.default.username",
        "latchkey_service",
        "latchkey.migration.username",
        "latchkey_migration");
  }

  public static ApplicationContext adaptersOn(TestCluster server, Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("datasources.default.url", server.url());
    properties.put("datasources.default.username", TestCluster.SUPERUSER);
    properties.put("datasources.default.password", "");
    properties.put("datasources.default.connection-timeout", 2000);
    properties.put("datasources.default.transaction-isolation", "TRANSACTION_READ_COMMITTED");
    properties.putAll(more);
    return ApplicationContext.run(properties);
  }
}
