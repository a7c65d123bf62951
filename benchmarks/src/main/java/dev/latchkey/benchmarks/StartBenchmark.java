package dev.latchkey.benchmarks;

import dev.latchkey.adapters.security.key.MasterKeys;
import dev.latchkey.benchmarks.installation.Installation;
import dev.latchkey.benchmarks.load.ClosedLoop;
import dev.latchkey.benchmarks.load.Operation;
import dev.latchkey.bootstrap.LatchkeyServer;
import dev.latchkey.embeddedpostgres.DataDirectory;
import dev.latchkey.embeddedpostgres.EmbeddedDatabase;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long the service takes from its launch until it is ready, and how much memory it has then and
 * under load: on a database that is there, with the embedded one, and by {@code mvn -Prun}, each
 * several times after a first time that makes the data; the first two without a start cache and
 * with one.
 *
 * <p>Arguments: the root of the built tree, and which ways to start ({@code existing}, {@code
 * embedded}, {@code maven}), or none for all.
 */
@SuppressWarnings("SystemOut") // a program for the person at the terminal
public final class StartBenchmark {

  private static final String EXISTING = "existing";
  private static final String EMBEDDED = "embedded";
  private static final String MAVEN = "maven";
  private static final int STARTS = 3;
  private static final String LOOPBACK = "127.0.0.1";
  private static final int USERS = 32;
  private static final Duration LOAD = Duration.ofSeconds(15);
  private static final Duration LONGEST_START = Duration.ofMinutes(3);
  private static final long MILLIS_BETWEEN_PROBES = 10;
  private static final byte[] PROBE =
      "GET /health/readiness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private StartBenchmark() {}

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]).toRealPath();
    List<String> ways =
        args.length == 1
            ? List.of(EXISTING, EMBEDDED, MAVEN)
            : List.of(args).subList(1, args.length);
    Path folder = Files.createTempDirectory("latchkey-start");
    Map<String, String> embedded =
        Map.of("LATCHKEY_DATA_DIR", folder.resolve("embedded").toString());
    List<String> uncached = java(root, List.of());
    List<String> cached = java(root, List.of("-XX:AOTCache=" + buildCache(uncached, folder)));

    if (ways.contains(EXISTING)) {
      try (DataDirectory data = DataDirectory.open(folder.resolve("database"));
          EmbeddedDatabase database = EmbeddedDatabase.start(data, "latchkey")) {
        Map<String, String> existing = onDatabase(database);
        measure("existing database, no cache", uncached, root, existing);
        measure("existing database, cache", cached, root, existing);
      }
    }
    if (ways.contains(EMBEDDED)) {
      measure("embedded database, no cache", uncached, root, embedded);
      measure("embedded database, cache", cached, root, embedded);
    }
    if (ways.contains(MAVEN)) {
      measure("mvn -Prun", List.of("mvn", "-q", "-Prun"), root, embedded);
    }
    System.exit(0);
  }

  private static Path buildCache(List<String> java, Path folder) throws IOException {
    Path cache = folder.resolve("latchkey.aot");
    var command = new ArrayList<>(java);
    command.addAll(List.of("build-start-cache", cache.toString()));
    if (new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue() != 0) {
      throw new IOException("there is no start cache to measure with");
    }
    return cache;
  }

  private static List<String> java(Path root, List<String> options) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + root.resolve("bootstrap/src/main/jvm/latchkey.options"));
    command.addAll(options);
    command.addAll(List.of("-classpath", classPath(), LatchkeyServer.class.getName()));
    return command;
  }

  /** Of the service, without these programs. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("benchmarks"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Map<String, String> onDatabase(EmbeddedDatabase database) {
    return Map.of(
        "DATASOURCES_DEFAULT_URL", database.jdbcUrl(),
        "DATASOURCES_DEFAULT_USERNAME", database.username(),
        "DATASOURCES_DEFAULT_PASSWORD", database.password(),
        "LATCHKEY_MASTER_KEY", MasterKeys.generate(new SecureRandom()).revealSetting());
  }

  private static void measure(
      String name, List<String> command, Path root, Map<String, String> settings) throws Exception {
    for (int start = 0; start <= STARTS; start++) {
      int port = Installation.freePort();
      var all = new HashMap<>(settings);
      all.put("MICRONAUT_SERVER_HOST", LOOPBACK);
      all.put("MICRONAUT_SERVER_PORT", Integer.toString(port));
      var builder =
          new ProcessBuilder(command)
              .directory(root.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.environment().putAll(all);
      long launched = System.nanoTime();
      Process process = builder.start();
      awaitReady(process, port);
      long millis = Duration.ofNanos(System.nanoTime() - launched).toMillis();
      ProcessHandle service = service(process.toHandle());
      String idle = memory(service);
      if (start > 0) {
        System.out.printf("%s: ready after %d ms, %s", name, millis, idle);
        if (start == STARTS) {
          load(port);
          System.out.printf("; after %d s of exchanges %s", LOAD.toSeconds(), memory(service));
        }
        System.out.println();
      }
      end(process, service);
    }
  }

  private static void end(Process process, ProcessHandle service) {
    service.destroy();
    var _ = service.onExit().join();
    var _ = process.onExit().join();
  }

  /** The JVM of the service, which Maven starts as a child; another may be making a cache. */
  private static ProcessHandle service(ProcessHandle launched) {
    return launched
        .children()
        .filter(child -> runs(child, LatchkeyServer.class.getName()))
        .filter(child -> !runs(child, "build-start-cache"))
        .findFirst()
        .orElse(launched);
  }

  /** By Linux itself: Java does not tell of command lines as long as these. */
  private static boolean runs(ProcessHandle process, String word) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
          .contains("\0" + word + "\0");
    } catch (IOException _) {
      return false; // it has just ended
    }
  }

  private static void load(int port) throws Exception {
    try (var users = ClosedLoop.of(URI.create("http://" + LOOPBACK + ":" + port), USERS)) {
      var _ = users.run(Operation.EXCHANGE, LOAD);
    }
  }

  /** Resident now and at most, as Linux counts it ({@code proc_pid_status(5)}). */
  private static String memory(ProcessHandle process) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:") || line.startsWith("VmHWM:"))
        .map(line -> line.replaceAll("\\s+", " "))
        .collect(Collectors.joining(", "));
  }

  private static void awaitReady(Process process, int port)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (!isReady(port)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("the service has not started");
      }
      Thread.sleep(MILLIS_BETWEEN_PROBES);
    }
  }

  private static boolean isReady(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.getOutputStream().write(PROBE);
      String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      return answer.equals("HTTP/1.1 200");
    } catch (IOException _) {
      return false; // not yet
    }
  }
}
