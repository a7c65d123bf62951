package dev.latchkey.benchmarks.installation;

import dev.latchkey.adapters.security.key.MasterKeys;
import dev.latchkey.bootstrap.LatchkeyServer;
import dev.latchkey.embeddedpostgres.DataDirectory;
import dev.latchkey.embeddedpostgres.EmbeddedDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One node on an empty database, as it is launched; all of it ends with this process. */
public final class Installation implements AutoCloseable {

  /** What refresh tokens are derived with, at each that this process starts. */
  static final MasterKeys MASTER_KEYS = MasterKeys.generate(new SecureRandom());

  /** Those that it is launched with everywhere; the working directory is that of this module. */
  public static final Path OPTIONS = Path.of("../bootstrap/src/main/jvm/latchkey.options");

  private static final String LOOPBACK = "127.0.0.1";
  private static final String LAST_LINE = "Ctrl-C";

  private final Path folder;
  private final EmbeddedDatabase database;
  private final Process service;
  private final URI address;

  private Installation(Path folder, EmbeddedDatabase database, Process service, URI address) {
    this.folder = folder;
    this.database = database;
    this.service = service;
    this.address = address;
  }

  /**
   * Returns when the service answers.
   *
   * @param options of the JVM, beside those that it always has
   * @param settings as environment variables
   */
  public static Installation start(List<String> options, Map<String, String> settings)
      throws IOException {
    Path all = Files.createDirectories(Path.of("target", "data")).toRealPath();
    Path folder = Files.createTempDirectory(all, "benchmark");
    EmbeddedDatabase database = EmbeddedDatabase.start(DataDirectory.open(folder), "latchkey");
    int port = freePort();
    Process service = launch(options, settings, database, port);
    var installation = new Installation(folder, database, service, addressAt(port));
    Runtime.getRuntime().addShutdownHook(new Thread(installation::close, "end-of-benchmark"));
    waitFor(service);
    return installation;
  }

  private static URI addressAt(int port) {
    return URI.create("http://" + LOOPBACK + ":" + port);
  }

  private static Process launch(
      List<String> options, Map<String, String> settings, EmbeddedDatabase database, int port)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + OPTIONS);
    command.addAll(options);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), LatchkeyServer.class.getName()));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(settings);
    builder
        .environment()
        .putAll(
            Map.of(
                "MICRONAUT_SERVER_HOST", LOOPBACK,
                "MICRONAUT_SERVER_PORT", Integer.toString(port),
                "LATCHKEY_ISSUER", addressAt(port).toString(),
                "DATASOURCES_DEFAULT_URL", database.jdbcUrl(),
                "DATASOURCES_DEFAULT_USERNAME", database.username(),
                "DATASOURCES_DEFAULT_PASSWORD", database.password(),
                "LATCHKEY_MASTER_KEY", MASTER_KEYS.revealSetting()));
    return builder.start();
  }

  private static void waitFor(Process service) throws IOException {
    BufferedReader output = service.inputReader();
    var said = new ArrayList<String>();
    do {
      String line = output.readLine();
      if (line == null) {
        throw new IOException("the service has not started: " + said);
      }
      said.add(line);
    } while (!said.getLast().contains(LAST_LINE));
    // A full pipe would stop it.
    Thread.startVirtualThread(() -> output.lines().forEach(_ -> {}));
  }

  /** Nobody listens there, for now. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** It is also the issuer, which proofs name. */
  public URI address() {
    return address;
  }

  /** Where PostgreSQL writes the number of its first process. */
  Path postmasterFile() {
    return folder.resolve("postgres/postmaster.pid");
  }

  public EmbeddedDatabase database() {
    return database;
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), database.username(), database.password());
  }

  public ProcessHandle service() {
    return service.toHandle();
  }

  /** Also deletes the data: a million sessions take up more than a gigabyte. */
  @Override
  public synchronized void close() {
    service.destroy();
    service.onExit().join();
    database.close();
    if (Files.exists(folder)) {
      delete(folder);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
