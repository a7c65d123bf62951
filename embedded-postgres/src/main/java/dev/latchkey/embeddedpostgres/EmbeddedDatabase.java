package dev.latchkey.embeddedpostgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running embedded PostgreSQL. It listens on the loopback address alone, admits nobody without
 * the password, and is as durable as any other: what is committed survives the end of the service
 * and of the server, however they end. A server that ends while the service lives is started again
 * on the same port.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final int PASSWORD_BYTES = 32;
  private static final String TOLD_TO_STOP = "PostgreSQL was stopped before it had started.";
  private static final int STARTS_TO_TRY = 3;
  private static final Executor IN_A_SECOND =
      CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

  private final Cluster cluster;
  private final String password;
  private int port;
  private @Nullable ProcessHandle server;
  private boolean closed;
  private String complaint = "";

  private EmbeddedDatabase(Cluster cluster, String password) {
    this.cluster = cluster;
    this.password = password;
  }

  /**
   * Starts the PostgreSQL whose data lie in this directory; the first time it is made, which takes
   * some seconds.
   *
   * @throws EmbeddedPostgresException if it does not start
   */
  public static EmbeddedDatabase start(DataDirectory directory, String name) {
    try {
      Path folder = directory.own("postgres");
      Path passwordFile = directory.resolve("postgres.password");
      if (Files.exists(folder) && Files.notExists(passwordFile)) {
        throw new EmbeddedPostgresException(
            "The file "
                + passwordFile
                + " is missing: put it back, because the database beside it has no other key.");
      }
      PostgresPrograms programs = PostgresPrograms.in(directory.own("runtime"));
      String password = directory.secret("postgres.password", EmbeddedDatabase::randomPassword);
      Cluster cluster = Cluster.in(folder, new Roles(name), programs, passwordFile);
      EmbeddedDatabase database = new EmbeddedDatabase(cluster, password);
      database.startOnFreePort();
      return database;
    } catch (IOException e) {
      throw new EmbeddedPostgresException(
          "The embedded PostgreSQL in " + directory + " cannot be started (" + e + ").", e);
    }
  }

  private static String randomPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private void startOnFreePort() throws IOException {
    // Cover shutdown until start returns.
    Thread closer = new Thread(this::close, "postgres-stop");
    try {
      Runtime.getRuntime().addShutdownHook(closer);
      startOnFreePort(STARTS_TO_TRY);
      Runtime.getRuntime().removeShutdownHook(closer);
    } catch (IllegalStateException e) {
      throw new EmbeddedPostgresException(TOLD_TO_STOP, e);
    }
  }

  /** Somebody else may take the port between its choice and its use. */
  private void startOnFreePort(int tries) throws IOException {
    try {
      start(freePort());
    } catch (EmbeddedPostgresException e) {
      if (tries == 1) {
        throw e;
      }
      startOnFreePort(tries - 1);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private synchronized void start(int port) throws IOException {
    if (closed) {
      throw new EmbeddedPostgresException(TOLD_TO_STOP);
    }
    server = cluster.start(port, this::ended);
    this.port = port;
  }

  private synchronized void ended(int status) {
    if (!closed) {
      LOG.error("PostgreSQL has ended by itself, with status {}; it is started again", status);
      IN_A_SECOND.execute(this::restart);
    }
  }

  private synchronized void restart() {
    if (closed) {
      return;
    }
    try {
      start(port);
      LOG.info("PostgreSQL is back");
      complaint = "";
    } catch (IOException | EmbeddedPostgresException e) {
      complain(String.valueOf(e.getMessage()));
      IN_A_SECOND.execute(this::restart);
    }
  }

  /** Once, however often it is tried again. */
  private void complain(String reason) {
    if (!reason.equals(complaint)) {
      LOG.error("PostgreSQL could not be started again, which is tried every second: {}", reason);
    }
    complaint = reason;
  }

  public synchronized String jdbcUrl() {
    return Cluster.jdbcUrl(Integer.toString(port), cluster.name());
  }

  public String username() {
    return cluster.name();
  }

  /** The clear text. Only whoever opens connections has a use for it. */
  public String password() {
    return password;
  }

  /** Cuts off the statements that still run, stops the server, and returns when it has ended. */
  @Override
  public synchronized void close() {
    closed = true;
    if (server != null && server.isAlive()) {
      cluster.stop(server);
      server.onExit().join();
    }
  }

  @Override
  public String toString() {
    return "EmbeddedDatabase[" + jdbcUrl() + "]";
  }
}
