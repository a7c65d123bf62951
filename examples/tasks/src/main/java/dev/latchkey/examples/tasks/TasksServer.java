package dev.latchkey.examples.tasks;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;

/** The service: its settings and beans, and the HTTP server. */
final class TasksServer implements AutoCloseable {

  private final ApplicationContext context;
  private final EmbeddedServer server;

  private TasksServer(ApplicationContext context, EmbeddedServer server) {
    this.context = context;
    this.server = server;
  }

  /** Runs the service until it is asked to stop, or says in one sentence why it cannot. */
  @SuppressWarnings("SystemOut") // for the person at the terminal, not for the log
  public static void main(String[] args) {
    try {
      Database database = Database.open();
      TasksServer tasks = startOn(database);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    tasks.close();
                    database.close();
                  },
                  "shutdown"));
      System.out.println(tasks.banner(database));
    } catch (RuntimeException e) {
      System.err.println("Tasks cannot start: " + innermost(e).getMessage());
      System.exit(1);
    }
  }

  private static TasksServer startOn(Database database) {
    try {
      return start(database.settings());
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private String banner(Database database) {
    return """

    Tasks is running.
      API         %s/tasks
      Tokens of   %s
      Database    %s
      Stop        Ctrl-C
    """
        .formatted(
            "http://" + server.getHost() + ":" + server.getPort(),
            context.getRequiredProperty("latchkey.issuer", String.class),
            database.description());
  }

  private static Throwable innermost(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .reduce(failure, (_, deeper) -> deeper);
  }

  /**
   * @param settings that go before those of {@code application.yml}
   * @throws RuntimeException whatever went wrong, with everything stopped again
   */
  static TasksServer start(Map<String, Object> settings) {
    ApplicationContext context =
        ApplicationContext.builder()
            .banner(false)
            .deduceEnvironment(false)
            .properties(settings)
            .start();
    try {
      return new TasksServer(context, context.getBean(EmbeddedServer.class).start());
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  URI address() {
    return server.getURI();
  }

  @Override
  public void close() {
    server.stop();
    context.close();
  }
}
