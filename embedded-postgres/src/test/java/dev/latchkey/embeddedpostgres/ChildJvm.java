package dev.latchkey.embeddedpostgres;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A service, or a part of it, in a process of its own, which can be killed. */
public final class ChildJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /** Starts one that takes the data directory and waits. */
  static ChildJvm holding(Path directory) throws IOException {
    return start(directory, "hold");
  }

  /** Starts one that takes the data directory, starts the database and waits. */
  static ChildJvm serving(Path directory) throws IOException {
    return start(directory, "serve");
  }

  /**
   * Starts what is shipped, with settings as environment variables and all it says in one stream.
   */
  public static ChildJvm running(
      Class<?> main, Map<String, String> environment, String... arguments) throws IOException {
    return running(List.of(), main, environment, arguments);
  }

  /** The same for one that is not to run for long: it starts sooner, and never gets as fast. */
  public static ChildJvm runningBriefly(
      Class<?> main, Map<String, String> environment, String... arguments) throws IOException {
    return running(List.of("-XX:TieredStopAtLevel=1"), main, environment, arguments);
  }

  /** The same of another version, which has the class by its name. */
  public static ChildJvm runningOf(
      String classPath, Class<?> main, Map<String, String> environment, String... arguments)
      throws IOException {
    return running(List.of(), classPath, main, environment, arguments);
  }

  private static ChildJvm running(
      List<String> options, Class<?> main, Map<String, String> environment, String... arguments)
      throws IOException {
    String shipped =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.endsWith("test-classes"))
            .collect(Collectors.joining(File.pathSeparator));
    return running(options, shipped, main, environment, arguments);
  }

  private static ChildJvm running(
      List<String> options,
      String classPath,
      Class<?> main,
      Map<String, String> environment,
      String... arguments)
      throws IOException {
    ProcessBuilder java = java(options.toArray(String[]::new));
    java.command()
        .addAll(
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                main.getName()));
    java.command().addAll(List.of(arguments));
    java.environment().putAll(environment);
    return new ChildJvm(java.redirectErrorStream(true).start());
  }

  private static ChildJvm start(Path directory, String task) throws IOException {
    return new ChildJvm(
        java(
                "-cp",
                System.getProperty("java.class.path"),
                ChildJvm.class.getName(),
                directory.toString(),
                task)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  private static ProcessBuilder java(String... arguments) {
    ProcessBuilder java =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.command().addAll(List.of(arguments));
    return java;
  }

  /**
   * Waits for what it prints when it is where it should be, or cannot get there: the JDBC URL, or
   * the complaint.
   */
  public String readLine() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new AssertionError("the other process ended without a word");
    }
    return line;
  }

  /** Everything it still says; returns when it has ended. */
  public List<String> readToTheEnd() {
    return output.lines().toList();
  }

  /** Waits until it has ended. */
  public int exitCode() {
    return process.onExit().join().exitValue();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** Asks it to stop, and waits until it has. */
  public void terminate() {
    askToTerminate();
    process.onExit().join();
  }

  /** Asks it to stop; returns at once. */
  public void askToTerminate() {
    process.toHandle().destroy(); // the process itself would also throw away what it still says
  }

  /** Kills it, which it cannot notice. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  public static void main(String[] args) throws InterruptedException {
    PrintStream answers = System.out;
    System.setOut(System.err); // where the log may go
    try {
      DataDirectory directory = DataDirectory.open(Path.of(args[0]));
      if (args[1].equals("hold")) {
        answers.println(directory);
      } else {
        EmbeddedDatabase database = EmbeddedDatabase.start(directory, "latchkey");
        Runtime.getRuntime().addShutdownHook(new Thread(database::close));
        answers.println(database.jdbcUrl());
      }
      Thread.currentThread().join();
    } catch (EmbeddedPostgresException e) {
      answers.println(e.getMessage());
    }
  }
}
