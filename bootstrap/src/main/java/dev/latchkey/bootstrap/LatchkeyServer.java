package dev.latchkey.bootstrap;

import dev.latchkey.bootstrap.command.CommandLine;
import dev.latchkey.bootstrap.observation.MailDelivery;
import dev.latchkey.bootstrap.settings.StartupFailure;
import dev.latchkey.bootstrap.wiring.ServiceContext;
import dev.latchkey.bootstrap.wiring.Storage;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.List;

/**
 * The service: a database, the application context and the HTTP server, started in this order and
 * stopped in the reverse one.
 */
public final class LatchkeyServer implements AutoCloseable {

  private final Storage storage;
  private final ApplicationContext context;
  private final EmbeddedServer server;

  private LatchkeyServer(Storage storage, ApplicationContext context, EmbeddedServer server) {
    this.storage = storage;
    this.context = context;
    this.server = server;
  }

  /**
   * Runs the service until it is asked to stop, or one command; or says in one sentence why it
   * cannot.
   */
  @SuppressWarnings("SystemOut") // the banner is for the person at the terminal, not for the log
  public static void main(String[] args) {
    List<String> words = CommandLine.words(args);
    if (!words.isEmpty()) {
      System.exit(
          new CommandLine(LatchkeyServer.class, System.in, System.out, System.err).run(words));
    }
    try {
      LatchkeyServer latchkey = start();
      System.out.println(latchkey.banner());
    } catch (RuntimeException e) {
      System.err.println("Latchkey cannot start: " + StartupFailure.explain(e));
      System.exit(1);
    }
  }

  /**
   * @throws RuntimeException whatever went wrong, with everything that was started stopped again
   */
  private static LatchkeyServer start() {
    Storage storage = Storage.open();
    // An embedded PostgreSQL must not outlive a service that is stopped before it has started.
    Thread closer = new Thread(storage::close, "shutdown-during-start");
    Runtime.getRuntime().addShutdownHook(closer);
    try {
      LatchkeyServer started = startOn(storage);
      Runtime.getRuntime().addShutdownHook(new Thread(started::close, "shutdown"));
      Runtime.getRuntime().removeShutdownHook(closer);
      return started;
    } catch (RuntimeException e) {
      storage.close();
      throw e;
    }
  }

  private static LatchkeyServer startOn(Storage storage) {
    ApplicationContext context = ServiceContext.on(storage.properties());
    try {
      return new LatchkeyServer(storage, context, context.getBean(EmbeddedServer.class).start());
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  private String banner() {
    String address = "http://" + server.getHost() + ":" + server.getPort();
    return """

    Latchkey is running.
      Pages       %s
      API         %s/api
      Swagger UI  %s
      Database    %s
      Mail        %s
      Stop        Ctrl-C
    """
        .formatted(
            unlessLeftOut("latchkey.pages.enabled", address + "/"),
            address,
            unlessLeftOut("latchkey.swagger-ui.enabled", address + "/swagger-ui"),
            storage.description(),
            context.getBean(MailDelivery.class).description());
  }

  private String unlessLeftOut(String setting, String place) {
    return context.getRequiredProperty(setting, Boolean.class) ? place : "left out";
  }

  @Override
  public void close() {
    server.stop();
    context.close();
    storage.close();
  }
}
