package dev.latchkey.adapters.persistence;

import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import dev.latchkey.adapters.persistence.connection.DatabaseProbe;
import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.domain.user.User;
import dev.latchkey.embeddedpostgres.BelowTarget;
import dev.latchkey.embeddedpostgres.TestCluster;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server of its own, with a pool of one connection, so that it is known which connection breaks.
 */
final class OutageTest {

  @TempDir(factory = BelowTarget.class)
  private static Path data;

  private static TestCluster server;
  private static ApplicationContext adapters;
  private static Users users;
  private static Transactions transactions;

  private final User ada = aUser().withUsername("ada").build();
  private final User grace = aUser().withUsername("grace").build();

  @BeforeAll
  static void start() throws IOException {
    server = TestCluster.in(data);
    PostgresServer.start(server);
    adapters =
        PostgresServer.adaptersOn(
            server,
            Map.of(
                "datasources.default.maximum-pool-size",
                1,
                "datasources.default.minimum-idle",
                0,
                "datasources.default.data-source-properties.socketTimeout",
                "2")); // seconds; a number is ignored
    users = adapters.getBean(Users.class);
    transactions = adapters.getBean(Transactions.class);
  }

  @AfterAll
  static void stop() {
    adapters.close();
    server.close();
  }

  @BeforeEach
  void addAda() {
    execute("TRUNCATE users, sessions");
    assertThat(users.add(ada)).isEqualTo(Users.Addition.ADDED);
  }

  @AfterEach
  void allowWritingAgain() {
    allowWriting();
  }

  @Test
  void aDatabaseThatIsDownIsUnavailableUntilItIsBack() throws IOException {
    server.stop();

    // The first call finds its connection broken, the others get none.
    assertUnavailable(() -> users.find(ada.id()));
    assertUnavailable(() -> users.find(ada.id()));
    assertUnavailable(() -> transactions.execute(() -> users.find(ada.id())));

    PostgresServer.start(server);

    assertThat(users.find(ada.id())).contains(ada);
    assertThat(transactions.execute(() -> users.find(ada.id()))).contains(ada);
  }

  @Test
  void aConnectionThatBreaksInATransactionIsAnOutageOfThatTransactionOnly() {
    assertUnavailable(
        () ->
            transactions.execute(
                () -> {
                  Users.Addition _ = users.add(grace);
                  breakConnections();
                  return users.find(ada.id());
                }));

    assertThat(users.find(grace.id())).isEmpty();
    assertThat(users.find(ada.id())).contains(ada);
  }

  @Test
  void aConnectionThatBreaksBeforeTheCommitIsAnOutage() {
    assertUnavailable(
        () ->
            transactions.execute(
                () -> {
                  Users.Addition addition = users.add(grace);
                  breakConnections();
                  return addition;
                }));

    assertThat(users.find(grace.id())).isEmpty();
  }

  @Test
  void anExceptionOfTheWorkIsNotHiddenByARollBackThatFails() {
    var exception = new IllegalStateException("the work failed");

    assertThatThrownBy(
            () ->
                transactions.execute(
                    () -> {
                      Users.Addition _ = users.add(grace);
                      breakConnections();
                      throw exception;
                    }))
        .isSameAs(exception);
  }

  @Test
  @Timeout(value = 60, threadMode = SEPARATE_THREAD) // if it fails, it would wait for ever
  void aDatabaseThatDoesNotAnswerIsUnavailable() throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE users");

      assertUnavailable(() -> users.find(ada.id()));
    }

    assertThat(users.find(ada.id())).contains(ada);
  }

  /**
   * What a fail-over leaves in the pool: connections to a server that can only be read any more.
   */
  @Test
  void aDatabaseThatCanOnlyBeReadIsUnavailableAndItsConnectionsAreNotUsedAgain() {
    var probe = adapters.getBean(DatabaseProbe.class);
    probe.requireWritable();

    allowOnlyReading();
    breakConnections();
    assertUnavailable(() -> users.find(ada.id()));
    assertThat(users.find(ada.id())).contains(ada);
    assertUnavailable(() -> users.add(grace));
    assertUnavailable(() -> transactions.execute(() -> users.add(grace)));
    assertUnavailable(probe::requireWritable);

    allowWriting();

    probe.requireWritable();
    assertThat(users.add(grace)).isEqualTo(Users.Addition.ADDED);
  }

  /** On a node that serves nobody there is only the probe to notice. */
  @Test
  void theProbeAloneGetsRidOfAConnectionThatCanOnlyRead() {
    var probe = adapters.getBean(DatabaseProbe.class);
    allowOnlyReading();
    breakConnections();
    assertUnavailable(probe::requireWritable);
    assertUnavailable(probe::requireWritable);

    allowWriting();

    probe.requireWritable();
  }

  private static void assertUnavailable(ThrowingCallable call) {
    assertThatExceptionOfType(StorageUnavailableException.class).isThrownBy(call).havingCause();
  }

  /** Ends all connections but its own; when it returns, they are gone. */
  private static void breakConnections() {
    execute(
        """
        SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
        WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
        """);
  }

  /** For connections that are opened from now on, each for as long as it lives. */
  private static void allowOnlyReading() {
    execute("ALTER DATABASE " + TestCluster.NAME + " SET default_transaction_read_only = on");
  }

  private static void allowWriting() {
    execute("ALTER DATABASE " + TestCluster.NAME + " RESET default_transaction_read_only");
  }

  private static void execute(String sql) {
    PostgresServer.execute(server.dataSource(), sql);
  }
}
