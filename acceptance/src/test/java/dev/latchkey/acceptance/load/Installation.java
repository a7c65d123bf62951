package dev.latchkey.acceptance.load;

import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.adapters.security.key.MasterKeys;
import dev.latchkey.bootstrap.LatchkeyServer;
import dev.latchkey.embeddedpostgres.ChildJvm;
import dev.latchkey.embeddedpostgres.DataDirectory;
import dev.latchkey.embeddedpostgres.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An empty database and nodes on it, at loopback addresses alone. All of it ends with this process.
 */
final class Installation {

  private static final String LOOPBACK = "127.0.0.1";

  private static final String ISSUER_SETTING = "LATCHKEY_ISSUER";

  /** The same for all nodes, as behind a load balancer. */
  private static final String ISSUER = "https://latchkey.example.org";

  private final EmbeddedDatabase database;
  private final String masterKey;
  private final List<ServiceProcess> nodes;

  private Installation(EmbeddedDatabase database, String masterKey, List<ServiceProcess> nodes) {
    this.database = database;
    this.masterKey = masterKey;
    this.nodes = new ArrayList<>(nodes);
  }

  /** Passwords are not the subject of most loads. */
  static final Map<String, String> QUICK_PASSWORDS =
      Map.of("LATCHKEY_PASSWORD_HASHING_MEMORY", "64", "LATCHKEY_PASSWORD_HASHING_ITERATIONS", "1");

  /** Starts the database, but none of the nodes. */
  static Installation withNodes(int count) throws IOException {
    return withNodes(count, QUICK_PASSWORDS);
  }

  /** The same, with these settings. */
  static Installation withNodes(int count, Map<String, String> settings) throws IOException {
    return withNodes(Collections.nCopies(count, settings));
  }

  /**
   * Two nodes whose issuer is at the address of the second, so that whoever knows nothing but the
   * issuer follows that one.
   */
  static Installation withIssuerAtTheSecond() throws IOException {
    String port = Integer.toString(freePort());
    var first = new HashMap<>(QUICK_PASSWORDS);
    first.put(ISSUER_SETTING, "http://" + LOOPBACK + ":" + port);
    var second = new HashMap<>(first);
    second.put("MICRONAUT_SERVER_PORT", port);
    return withNodes(List.of(first, second));
  }

  /** The same, with settings of each node. */
  static Installation withNodes(List<Map<String, String>> settings) throws IOException {
    Path target = Files.createDirectories(Path.of("target", "data")).toRealPath();
    var database =
        EmbeddedDatabase.start(
            DataDirectory.open(Files.createTempDirectory(target, "load")), "latchkey");
    String masterKey = MasterKeys.generate(new SecureRandom()).revealSetting();
    List<ServiceProcess> nodes =
        settings.stream().map(ofNode -> nodeOn(database, masterKey, ofNode)).toList();
    var installation = new Installation(database, masterKey, nodes);
    Runtime.getRuntime().addShutdownHook(new Thread(installation::end, "end-of-load"));
    return installation;
  }

  private static ServiceProcess nodeOn(
      EmbeddedDatabase database, String masterKey, Map<String, String> settings) {
    return ServiceProcess.forLoad(environmentOn(database, masterKey, settings));
  }

  private static Map<String, String> environmentOn(
      EmbeddedDatabase database, String masterKey, Map<String, String> settings) {
    var environment =
        new HashMap<>(
            Map.of(
                "MICRONAUT_SERVER_HOST",
                LOOPBACK,
                ISSUER_SETTING,
                ISSUER,
                "MICRONAUT_SERVER_PORT",
                Integer.toString(freePort()),
                "DATASOURCES_DEFAULT_URL",
                database.jdbcUrl(),
                "DATASOURCES_DEFAULT_USERNAME",
                database.username(),
                "DATASOURCES_DEFAULT_PASSWORD",
                database.password(),
                "LATCHKEY_MASTER_KEY",
                masterKey));
    environment.putAll(settings);
    return environment;
  }

  /** At the loopback address. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<ServiceProcess> nodes() {
    return List.copyOf(nodes);
  }

  /** Of one more node, at an address of its own. */
  Map<String, String> environment() {
    return environmentOn(database, masterKey, QUICK_PASSWORDS);
  }

  /** Ends this node with all others. */
  ServiceProcess with(ServiceProcess node) {
    nodes.add(node);
    return node;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), database.username(), database.password());
  }

  /**
   * As an operator does it; returns when it has been done.
   *
   * @return what it says
   */
  List<String> command(String... words) throws IOException {
    try (ChildJvm command = ChildJvm.runningBriefly(LatchkeyServer.class, environment(), words)) {
      return command.readToTheEnd();
    }
  }

  private void end() {
    nodes.forEach(ServiceProcess::close);
    database.close();
  }
}
