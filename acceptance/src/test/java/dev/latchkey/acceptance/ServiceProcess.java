package dev.latchkey.acceptance;

import dev.latchkey.bootstrap.LatchkeyServer;
import dev.latchkey.embeddedpostgres.ChildJvm;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The service in a process of its own, as it is launched: it can be killed and started again. The
 * {@code Node} of the other tests is in the process of the test.
 */
public final class ServiceProcess implements AutoCloseable {

  private static final String LAST_LINE = "Ctrl-C";
  private static final String REFUSAL = "Latchkey cannot start";

  private final Launcher launcher;
  private final Map<String, String> environment;
  private @Nullable ChildJvm process;
  private volatile List<String> said = List.of();
  private CompletableFuture<List<String>> rest = CompletableFuture.completedFuture(List.of());
  private boolean closed;

  private ServiceProcess(Launcher launcher, Map<String, String> environment) {
    this.launcher = launcher;
    this.environment = Map.copyOf(environment);
  }

  /** One that starts quickly. */
  public static ServiceProcess with(Map<String, String> environment) {
    return new ServiceProcess(ChildJvm::runningBriefly, environment);
  }

  /** One that runs for as long as it likes, as fast as it can. */
  public static ServiceProcess forLoad(Map<String, String> environment) {
    return new ServiceProcess(ChildJvm::running, environment);
  }

  /** The same of another version. */
  public static ServiceProcess forLoad(String classPath, Map<String, String> environment) {
    return new ServiceProcess(
        (main, settings, arguments) -> ChildJvm.runningOf(classPath, main, settings, arguments),
        environment);
  }

  /** Settings as environment variables. */
  public static Map<String, String> environment(Map<String, Object> settings) {
    return settings.entrySet().stream()
        .collect(
            Collectors.toMap(
                setting -> setting.getKey().toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"),
                setting -> String.valueOf(setting.getValue())));
  }

  /** Returns when it answers. */
  public void start() throws IOException {
    ChildJvm started = launch();
    List<String> lines = new ArrayList<>();
    do {
      lines.add(started.readLine());
      if (lines.getLast().startsWith(REFUSAL)) {
        throw new IOException(lines.toString());
      }
    } while (!lines.getLast().contains(LAST_LINE));
    said = List.copyOf(lines);
    // A full pipe would stop it.
    rest = CompletableFuture.supplyAsync(started::readToTheEnd, Thread::startVirtualThread);
  }

  private synchronized ChildJvm launch() throws IOException {
    if (closed) {
      throw new IOException("the service was closed");
    }
    ChildJvm started = launcher.launch(LatchkeyServer.class, environment);
    process = started;
    return started;
  }

  /** Everything up to the end of its banner. */
  public List<String> said() {
    return said;
  }

  /** Everything after the banner; waits until it has ended. */
  public List<String> saidSince() {
    return rest.join();
  }

  /** As the banner has it. */
  public URI address() {
    return said.stream()
        .filter(line -> line.startsWith("  API"))
        .map(line -> URI.create(line.replaceFirst(".*(https?://\\S+)/api", "$1")))
        .findFirst()
        .orElseThrow();
  }

  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /**
   * How long it has computed since it was started, on all processors together.
   *
   * @throws IllegalStateException if it does not run, or the system does not say
   */
  public synchronized Duration cpuTime() {
    return Optional.ofNullable(process)
        .flatMap(running -> ProcessHandle.of(running.pid()))
        .flatMap(handle -> handle.info().totalCpuDuration())
        .orElseThrow(() -> new IllegalStateException("how long it computed is unknown"));
  }

  /** SIGKILL; returns when it has ended. */
  public synchronized void kill() {
    if (process != null) {
      process.kill();
    }
  }

  /** Lets it finish what it does; returns when it has ended. */
  public synchronized void stop() {
    if (process != null) {
      process.terminate();
    }
  }

  /** The same, but returns at once. */
  public synchronized void askToStop() {
    if (process != null) {
      process.askToTerminate();
    }
  }

  /** Kills it for good. */
  @Override
  public synchronized void close() {
    closed = true;
    kill();
  }

  @FunctionalInterface
  private interface Launcher {
    ChildJvm launch(Class<?> main, Map<String, String> environment, String... arguments)
        throws IOException;
  }
}
