package dev.latchkey.bootstrap.postgres;

import dev.latchkey.bootstrap.startup.StartupException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** A service in a process of its own, which can be killed. */
final class ChildJvm implements AutoCloseable {

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

  private static ChildJvm start(Path directory, String task) throws IOException {
    return new ChildJvm(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ChildJvm.class.getName(),
                directory.toString(),
                task)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Waits for what it prints when it is where it should be, or cannot get there: the JDBC URL, or the complaint. */
  String readLine() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new AssertionError("the other process ended without a word");
    }
    return line;
  }

  long pid() {
    return process.pid();
  }

  /** Asks it to stop, and waits until it has. */
  void terminate() {
    process.destroy();
    process.onExit().join();
  }

  /** Kills it, which it cannot notice. */
  void kill() {
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
        EmbeddedDatabase database = EmbeddedDatabase.start(directory);
        Runtime.getRuntime().addShutdownHook(new Thread(database::close));
        answers.println(database.jdbcUrl());
      }
      Thread.currentThread().join();
    } catch (StartupException e) {
      answers.println(e.getMessage());
    }
  }
}
