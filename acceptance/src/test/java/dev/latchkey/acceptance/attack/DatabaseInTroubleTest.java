package dev.latchkey.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.acceptance.postgres.ClockOfTests;
import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.embeddedpostgres.BelowTarget;
import dev.latchkey.embeddedpostgres.TestCluster;
import dev.latchkey.testkit.Race;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A database that is there and cannot serve: it can only be read, hangs, keeps rows locked, or is
 * the old primary of a fail-over. Whatever it is, callers get 503, the log is not flooded, and
 * afterwards the nodes go on by themselves.
 */
@Tag(Target.NEEDS_OWN_SERVICE)
@Timeout(300)
final class DatabaseInTroubleTest {

  private static final int DEVICES = 8;

  @TempDir(factory = BelowTarget.class)
  private Path folder;

  private final List<AutoCloseable> open = new ArrayList<>();
  private TestCluster database;
  private LogLines log;

  @BeforeEach
  void make() throws IOException {
    database = closeLater(TestCluster.in(folder));
    log = closeLater(LogLines.record());
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private <T extends AutoCloseable> T closeLater(T closeable) {
    open.add(closeable);
    return closeable;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aDatabaseThatCanOnlyBeReadForAWhileIsAnOutageForThatWhile(int nodes) throws Exception {
    database.start();
    List<Device> devices = devicesOn(startNodes(nodes, alone()));
    exchange(devices, 5);

    // Connections that are opened meanwhile stay as they are for as long as they live.
    String all = "ALTER DATABASE " + TestCluster.NAME + " SET default_transaction_read_only = on";
    database.execute(
        "ALTER SYSTEM SET default_transaction_read_only = on", all, "SELECT pg_reload_conf()");
    untilRefused(devices, 5);
    devices.forEach(device -> device.waitForReadiness(503));
    devices.forEach(device -> device.client.get("/health/liveness").hasStatus(200));

    String none = "ALTER DATABASE " + TestCluster.NAME + " RESET default_transaction_read_only";
    database.execute(
        "ALTER SYSTEM RESET default_transaction_read_only", none, "SELECT pg_reload_conf()");
    untilServed(devices);

    devices.forEach(device -> device.waitForReadiness(200));
    exchange(devices, 5);
    theLogIsShort(nodes);
  }

  @Test
  void aDatabaseThatHangsIsAnOutageUntilItGoesOn() throws Exception {
    database.start();
    List<Device> devices = devicesOn(startNodes(1, alone()));

    database.hang();
    untilRefused(devices, 2);
    devices.getFirst().waitForReadiness(503);
    devices.getFirst().client.get("/health/liveness").hasStatus(200);
    database.goOn();
    untilServed(devices);

    devices.getFirst().waitForReadiness(200);
    exchange(devices, 5);
    theLogIsShort(1);
  }

  @Test
  void aRowThatSomebodyKeepsLockedIsWaitedForNotForEver() throws Exception {
    database.start();
    List<Device> devices = devicesOn(startNodes(1, alone()));
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      var _ = statement.execute("SELECT id FROM sessions FOR UPDATE");

      untilRefused(devices, 1);
      other.rollback();
    }

    exchange(devices, 5);
    theLogIsShort(1);
  }

  /** The replica confirms every commit, so nothing that was acknowledged may be lost. */
  @Test
  void afterTheCrashOfThePrimaryTheServiceGoesOnWithThePromotedReplica() throws Exception {
    TestCluster replica = closeLater(database.replica());
    startPair(replica);
    List<Device> devices = devicesOn(startNodes(2, either(replica)));
    var crashed = new CountDownLatch(1);

    List<Boolean> alive =
        Race.run(
            DEVICES + 1,
            number -> {
              if (number < DEVICES) {
                return devices.get(number).exchangeThroughout(crashed);
              }
              failOver(replica);
              crashed.countDown();
              return true;
            });

    assertThat(alive).containsOnly(true);
    exchange(devices, 5);
    theLogIsShort(2);
  }

  /** The old primary lives on, and with it the connections to it. */
  @Test
  void afterASwitchOverTheServiceLeavesTheOldPrimaryThatCanOnlyBeRead() throws Exception {
    TestCluster replica = closeLater(database.replica());
    startPair(replica);
    List<Device> devices = devicesOn(startNodes(1, either(replica)));
    exchange(devices, 5);

    database.execute(
        "ALTER SYSTEM SET synchronous_standby_names = ''",
        "ALTER SYSTEM SET default_transaction_read_only = on",
        "SELECT pg_reload_conf()");
    untilRefused(devices, 1);
    replica.promote();
    untilServed(devices);

    devices.getFirst().waitForReadiness(200);
    exchange(devices, 5);
    theLogIsShort(1);
  }

  private void startPair(TestCluster replica) throws IOException, SQLException {
    database.start();
    replica.start();
    database.execute(
        "ALTER SYSTEM SET synchronous_standby_names = 'replica'", "SELECT pg_reload_conf()");
  }

  private void failOver(TestCluster replica) {
    try {
      database.crash();
      replica.promote();
    } catch (IOException | SQLException e) {
      throw new AssertionError(e);
    }
  }

  private List<Client> startNodes(int count, String database) {
    return Stream.generate(() -> startNode(database)).limit(count).toList();
  }

  private Client startNode(String database) {
    Map<String, Object> settings =
        Map.ofEntries(
            Map.entry("datasources.default.maximum-pool-size", "10"),
            Map.entry("datasources.default.url", "jdbc:postgresql://" + database),
            Map.entry("datasources.default.username", TestCluster.SUPERUSER),
            Map.entry("datasources.default.password", ""),
            Map.entry(ClockOfTests.OFF, "true"),
            // Limits as in the settings, only shorter.
            Map.entry("datasources.default.data-source-properties.socketTimeout", "3"),
            Map.entry(
                "datasources.default.connection-init-sql",
                "SET lock_timeout = '1s'; SET statement_timeout = '2s'"));
    return closeLater(Node.start(settings)).client();
  }

  private String alone() {
    return database.address() + "/" + TestCluster.NAME;
  }

  /** As docs/scaling.md has it. */
  private String either(TestCluster replica) {
    return "%s,%s/%s?targetServerType=primary&hostRecheckSeconds=2"
        .formatted(database.address(), replica.address(), TestCluster.NAME);
  }

  private static List<Device> devicesOn(List<Client> nodes) {
    return IntStream.range(0, DEVICES)
        .mapToObj(number -> new Device(nodes.get(number % nodes.size())))
        .toList();
  }

  private static void exchange(List<Device> devices, int times) {
    var _ = Race.run(devices.size(), number -> devices.get(number).exchange(times));
  }

  private static void untilRefused(List<Device> devices, int times) {
    var _ = Race.run(devices.size(), number -> devices.get(number).untilRefused(times));
  }

  private static void untilServed(List<Device> devices) {
    var _ = Race.run(devices.size(), number -> devices.get(number).untilServed());
  }

  /** However many requests were refused. */
  private void theLogIsShort(int nodes) {
    assertThat(log.stackTraces()).isEmpty();
    assertThat(log.warnings()).hasSizeLessThan(10 * nodes);
  }

  /**
   * Keeps the refresh token that was acknowledged last; nothing but 200 and 503 is ever an answer
   * to it.
   */
  private static final class Device {

    private final Client client;
    private String token;

    Device(Client client) {
      this.client = client;
      this.token = client.newcomer().refresh();
    }

    boolean exchange(int times) {
      for (int time = 0; time < times; time++) {
        assertThat(isServed()).isTrue();
      }
      return true;
    }

    boolean untilRefused(int times) {
      int refused = 0;
      while (refused < times) {
        refused += isServed() ? 0 : 1;
      }
      return true;
    }

    boolean untilServed() {
      while (!isServed()) {
        Thread.onSpinWait();
      }
      return true;
    }

    /** Until that has happened, and it was served once more after it. */
    boolean exchangeThroughout(CountDownLatch event) {
      while (event.getCount() > 0) {
        boolean _ = isServed();
      }
      return untilServed();
    }

    private boolean isServed() {
      Answer answer = client.refresh(token);
      if (answer.status() == 503) {
        answer.isProblem(503, "storage_unavailable");
        return false;
      }
      token = answer.hasStatus(200).refreshToken();
      return true;
    }

    void waitForReadiness(int status) {
      while (client.get("/health/readiness").status() != status) {
        Thread.onSpinWait();
      }
    }
  }
}
