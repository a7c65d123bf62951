package dev.latchkey.embeddedpostgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the PostgreSQL server, known by what it writes to its log. */
final class Server {

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final String READY = "database system is ready to accept connections";

  /** Recovery after a crash may take its time; a server that needs longer than this is stuck. */
  private static final long MINUTES_TO_START = 2;

  private final Process process;
  private final IntConsumer onEnd;
  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
  private volatile String complaint = "it does not say why";

  private Server(Process process, IntConsumer onEnd) {
    this.process = process;
    this.onEnd = onEnd;
  }

  /**
   * @param onEnd receives the exit status, if the server had become ready, when no process of this
   *     run is left
   */
  static Server follow(Process process, IntConsumer onEnd) {
    Server server = new Server(process, onEnd);
    Thread.ofPlatform().daemon().name("postgres-log").start(server::readLog);
    return server;
  }

  private void readLog() {
    try (BufferedReader log = process.inputReader()) {
      for (String line = log.readLine(); line != null; line = log.readLine()) {
        LOG.debug("{}", line);
        if (PostgresPrograms.isComplaint(line)) {
          complaint = line;
        }
        if (line.contains(READY)) {
          ready.complete(true);
        }
      }
    } catch (IOException e) {
      LOG.warn("PostgreSQL's log cannot be read any more", e);
    }
    // The log ends when the last process that writes to it has ended, not the first: only then may
    // the next run begin.
    int status = process.onExit().join().exitValue();
    ready.complete(false);
    if (ready.join()) {
      onEnd.accept(status);
    }
  }

  /**
   * Waits until the server accepts connections.
   *
   * @throws EmbeddedPostgresException if it ends or hangs instead
   */
  void awaitReady() {
    boolean accepts = ready.completeOnTimeout(false, MINUTES_TO_START, TimeUnit.MINUTES).join();
    if (!accepts) {
      process.destroyForcibly();
      throw new EmbeddedPostgresException("PostgreSQL did not start: " + complaint);
    }
  }
}
