package dev.latchkey.bootstrap.command;

import dev.latchkey.embeddedpostgres.DataDirectory;
import dev.latchkey.embeddedpostgres.DataDirectoryException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The file with which the JVM starts the service in less than half of the time: its classes, loaded
 * and linked, and which methods matter (JEP 483, 514, 515). It is made by a rehearsal, a short run
 * of the service on a database of its own. It fits the JVM, the class path and the options it was
 * made with, which are those of this process; what does not fit is not used.
 */
final class StartCache {

  /** What programs need to run at all. No setting is among them: they are of the real service. */
  private static final Set<String> ENVIRONMENT =
      Set.of("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH");

  private static final String LOOPBACK = "127.0.0.1";
  private static final String LAST_LINE = "Ctrl-C";
  private static final Pattern OPTIONS_OF_A_CACHE = Pattern.compile("-XX:AOT.*|-D.*|-javaagent.*");

  private final Class<?> service;
  private final Path file;
  private final Path folder;

  /**
   * @param service whose {@code main} runs the service
   */
  StartCache(Class<?> service, Path file) {
    this.service = service;
    this.file = file.toAbsolutePath();
    this.folder = this.file.resolveSibling(file.getFileName() + ".rehearsal");
  }

  /** What came of it. */
  enum Outcome {
    BUILT,
    FITS_ALREADY
  }

  /**
   * Makes the file, unless the one that is there fits. It is put in its place when it is complete.
   *
   * @throws DataDirectoryException if another process makes it at the moment, or the folder cannot
   *     be written
   * @throws IOException if the rehearsal fails
   */
  Outcome build() throws IOException {
    if (fits(file)) {
      return Outcome.FITS_ALREADY;
    }
    Path draft = folder.resolve("draft");
    try (DataDirectory _ = DataDirectory.open(folder)) {
      try {
        rehearse(draft);
        if (!fits(draft)) {
          throw new IOException("the JVM has not made it");
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return Outcome.BUILT;
      } finally {
        deleteFolder();
      }
    }
  }

  /** The JVM knows best. */
  private boolean fits(Path cache) throws IOException {
    return Files.exists(cache)
        && new ProcessBuilder(
                    java(List.of("-XX:AOTMode=on", "-XX:AOTCache=" + cache), List.of("-version")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join()
                .exitValue()
            == 0;
  }

  private void rehearse(Path draft) throws IOException {
    int port = freePort();
    var command = new ArrayList<>(leavingTheProcessorsToOthers());
    command.addAll(
        java(
            List.of(
                "-XX:AOTCacheOutput=" + draft,
                // Minutes: it ends even if this process dies before it can end it.
                "-XX:SelfDestructTimer=5"),
            List.of(service.getName())));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    settings(builder.environment(), port);
    Process rehearsal = builder.start();
    // By its handle: Process.destroy would close the output that is still read.
    Runnable askToEnd = () -> rehearsal.toHandle().destroy();
    Thread end = new Thread(askToEnd, "end-of-rehearsal");
    Runtime.getRuntime().addShutdownHook(end);
    try (BufferedReader output = rehearsal.inputReader()) {
      awaitBanner(output);
      new Rehearsal(URI.create("http://" + LOOPBACK + ":" + port)).play();
      // While it ends, the JVM writes down what it has seen.
      askToEnd.run();
      output.lines().forEach(_ -> {});
    } finally {
      askToEnd.run();
      var _ = rehearsal.onExit().join();
      Runtime.getRuntime().removeShutdownHook(end);
    }
  }

  /** Leaves none that the real service has, say the address of its database. */
  void settings(Map<String, String> environment, int port) {
    environment.keySet().retainAll(ENVIRONMENT);
    environment.putAll(
        Map.of(
            "LATCHKEY_DATA_DIR", folder.resolve("data").toString(),
            "MICRONAUT_SERVER_HOST", LOOPBACK,
            "MICRONAUT_SERVER_PORT", Integer.toString(port)));
  }

  private static void awaitBanner(BufferedReader output) throws IOException {
    String said = "it does not say why";
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.contains(LAST_LINE)) {
        return;
      }
      said = line;
    }
    throw new IOException("the service does not start to rehearse: " + said);
  }

  /** As this process was started, but for what is about a cache or a setting. */
  private static List<String> java(List<String> options, List<String> arguments) {
    return Stream.of(
            Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !OPTIONS_OF_A_CACHE.matcher(option).matches()),
            options.stream(),
            Stream.of("-classpath", absoluteClassPath()),
            arguments.stream())
        .flatMap(parts -> parts)
        .toList();
  }

  private static String absoluteClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** A service may run beside it, and somebody may be waiting for that. */
  private static List<String> leavingTheProcessorsToOthers() {
    return File.separatorChar == '/' ? List.of("nice", "-n", "19") : List.of();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void deleteFolder() throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
