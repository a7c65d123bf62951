package dev.latchkey.bootstrap;

import dev.latchkey.bootstrap.command.Commands;
import dev.latchkey.bootstrap.observation.MailDelivery;
import dev.latchkey.bootstrap.settings.HttpSettings;
import dev.latchkey.bootstrap.settings.LatchkeySettings;
import dev.latchkey.bootstrap.settings.StartupFailure;
import dev.latchkey.bootstrap.stop.GracefulStop;
import dev.latchkey.bootstrap.stop.ShutdownHook;
import dev.latchkey.bootstrap.wiring.ServiceContext;
import dev.latchkey.bootstrap.wiring.Storage;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;

/**
 * The service: a database, the application context and the HTTP server, started in this order and
 * stopped in the reverse one.
 */
public final class LatchkeyServer implements AutoCloseable {

  private static final String LEFT_OUT = "left out";

  private final Storage storage;
  private final ApplicationContext context;
  private final EmbeddedServer server;

  private LatchkeyServer(Storage storage, ApplicationContext context, EmbeddedServer server) {
    this.storage = storage;
    this.context = context;
    this.server = server;
  }

  /** Runs the service until it is asked to stop, or one command. */
  public static void main(String[] args) {
    // Without words there is nothing to parse, and the service is running sooner.
    int outcome =
        String.join("", args).isBlank()
            ? run()
            : new Commands(LatchkeyServer.class, LatchkeyServer::run, System.in)
                .execute(System.out, System.err, args);
    if (outcome != Commands.RUNNING) {
      System.exit(outcome);
    }
  }

  /** Starts the service, or says why it cannot be. */
  @SuppressWarnings("SystemOut") // the banner is for the person at the terminal, not for the log
  private static int run() {
    ShutdownHook hook = ShutdownHook.register();
    // Or a client could have the service compute handshakes on one connection again and again. The
    // JDK reads it once, when TLS is used for the first time, which may be towards the database.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    try {
      System.out.println(start(hook).banner());
      hook.startHasEnded();
      return Commands.RUNNING;
    } catch (RuntimeException e) {
      boolean stopping = hook.isStopping();
      hook.startHasEnded();
      if (stopping) {
        return Commands.RUNNING; // until the hook has ended
      }
      System.err.println("Latchkey cannot start: " + StartupFailure.explain(e));
      return Commands.REFUSED;
    }
  }

  /**
   * @throws RuntimeException whatever went wrong, with everything that was started stopped again
   */
  private static LatchkeyServer start(ShutdownHook hook) {
    LatchkeySettings settings = ServiceContext.settings();
    Storage storage = Storage.open(settings);
    try {
      // An embedded PostgreSQL must not outlive a service that is stopped before it has started.
      hook.closesBy(storage::close);
      LatchkeyServer started = startOn(storage);
      hook.closesBy(started::close);
      return started;
    } catch (RuntimeException e) {
      storage.close();
      throw e;
    }
  }

  private static LatchkeyServer startOn(Storage storage) {
    ApplicationContext context = ServiceContext.on(storage);
    try {
      return new LatchkeyServer(storage, context, context.getBean(EmbeddedServer.class).start());
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  private String banner() {
    String address = server.getScheme() + "://" + server.getHost() + ":" + server.getPort();
    HttpSettings http = context.getBean(LatchkeySettings.class).http();
    String management = http.management().address().orElse(address);
    return """

    Latchkey is running.
      Pages       %s
      API         %s/api
      Swagger UI  %s
      Metrics     %s
      Database    %s
      Mail        %s
      Stop        Ctrl-C
    """
        .formatted(
            http.pages() ? address + "/" : LEFT_OUT,
            address,
            http.swaggerUi() ? management + "/swagger-ui" : LEFT_OUT,
            management + "/prometheus",
            storage.description(),
            context.getBean(MailDelivery.class).description());
  }

  /** What was begun is finished first, as far as there is time for it. */
  @Override
  public void close() {
    try {
      context.getBean(GracefulStop.class).run();
      server.stop();
      context.close();
    } finally {
      storage.close();
    }
  }
}
