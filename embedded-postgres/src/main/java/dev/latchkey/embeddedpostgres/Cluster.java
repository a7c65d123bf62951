package dev.latchkey.embeddedpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one PostgreSQL (in its manual, a "database cluster"): makes them, serves them, heals
 * them.
 */
final class Cluster {

  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

  /** The manual's chapter "Server Configuration" explains each. */
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          "max_connections=50",
          "shared_buffers=64MB",
          "timezone=UTC",
          "log_timezone=UTC",
          // Failed statements are the service's to report; here they would put people's data into
          // the log.
          "log_min_messages=log",
          "log_error_verbosity=terse",
          "log_checkpoints=off");

  private static final String CONNECTIONS_FILE = "pg_hba.conf";
  private static final String STOP_SECONDS = "20";

  private final Path folder;
  private final Roles roles;
  private final PostgresPrograms programs;

  private Cluster(Path folder, Roles roles, PostgresPrograms programs) {
    this.folder = folder;
    this.roles = roles;
    this.programs = programs;
  }

  /**
   * The cluster in this folder, made at the first call.
   *
   * @param passwordFile contains the password of the ordinary role
   */
  static Cluster in(Path folder, Roles roles, PostgresPrograms programs, Path passwordFile)
      throws IOException {
    if (Files.notExists(folder)) {
      make(folder, roles, programs, passwordFile);
    }
    return new Cluster(folder, roles, programs);
  }

  /** A cluster gets its name when it is complete, so that a crash on the way leaves none. */
  private static void make(Path folder, Roles roles, PostgresPrograms programs, Path passwordFile)
      throws IOException {
    Path draft = folder.resolveSibling(folder.getFileName() + ".new");
    programs.endAll();
    DataDirectory.deleteTree(draft);
    programs.execute(
        "",
        "initdb",
        "--pgdata=" + draft,
        "--username=" + roles.superuser(),
        "--pwfile=" + passwordFile,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        // The order of texts must not change with the system's libraries, or indexes break.
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8");
    asSuperuser(roles.create(), "template1", draft, programs);
    DataDirectory.write(draft.resolve(CONNECTIONS_FILE), roles.connections());
    DataDirectory.publish(draft, folder);
  }

  /** Without a server there is no port that anybody could knock at. */
  private static void asSuperuser(
      String sql, String database, Path folder, PostgresPrograms programs) throws IOException {
    programs.execute(
        sql,
        "postgres",
        "--single",
        "-j", // a statement ends at a semicolon before an empty line
        "-D",
        folder.toString(),
        "-c",
        "exit_on_error=on",
        // What fails is not repeated in the log, since it may contain a hash of the password.
        "-c",
        "log_min_error_statement=panic",
        "-c",
        "log_error_verbosity=terse",
        database);
  }

  /**
   * Starts the server, after the end of whatever an earlier process has left running, and waits
   * until it is ready.
   *
   * @param onEnd receives the exit status when a server that was ready has ended
   * @throws EmbeddedPostgresException if it does not start
   */
  ProcessHandle start(int port, IntConsumer onEnd) throws IOException {
    stopLeftOver();
    letOnlyTheOrdinaryRoleConnect();
    List<String> command =
        new ArrayList<>(List.of("postgres", "-D", folder.toString(), "-p", Integer.toString(port)));
    SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
    Process process = programs.start(command.toArray(String[]::new));
    Server.follow(process, onEnd).awaitReady();
    return process.toHandle();
  }

  /**
   * Demotes the role of a cluster that an earlier version has made. The file is written last: it
   * shows later starts that nothing is left to do.
   */
  private void letOnlyTheOrdinaryRoleConnect() throws IOException {
    Path connections = folder.resolve(CONNECTIONS_FILE);
    if (Files.notExists(connections)
        || !Files.readString(connections).equals(roles.connections())) {
      asSuperuser(roles.demote(), roles.ordinary(), folder, programs);
      DataDirectory.write(connections, roles.connections());
    }
  }

  /**
   * A service that was killed leaves its server running, and a killed server leaves its lock file,
   * whose process number may meanwhile be somebody else's.
   */
  private void stopLeftOver() throws IOException {
    Path lockFile = folder.resolve("postmaster.pid");
    if (Files.notExists(lockFile)) {
      return;
    }
    List<String> lines = new ArrayList<>(Files.readAllLines(lockFile));
    if (lines.isEmpty()) {
      Files.delete(lockFile);
      return;
    }
    String number = lines.getFirst().strip();
    boolean singleUser = number.startsWith("-");
    ProcessHandle holder = ProcessHandle.of(Math.abs(Long.parseLong(number))).orElse(null);
    if (holder == null) {
      return;
    }
    if (programs.areRunBy(holder)) {
      LOG.info("Stopping the PostgreSQL that an earlier process has left running");
      if (singleUser) {
        kill(holder);
      } else {
        stop(holder);
      }
    } else {
      // PostgreSQL mistakes its parent's number for a left-over, and goes on to look for processes
      // that use the data.
      lines.set(0, Long.toString(ProcessHandle.current().pid()));
      Files.write(lockFile, lines);
    }
  }

  /** Of the ordinary role, and of its database. */
  String name() {
    return roles.ordinary();
  }

  static String jdbcUrl(String port, String name) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
  }

  /** Stops the server: in order if it listens, by force if it does not. */
  void stop(ProcessHandle server) {
    for (String mode : List.of("fast", "immediate")) {
      try {
        programs.execute(
            "",
            "pg_ctl",
            "stop",
            "--pgdata=" + folder,
            "--mode=" + mode,
            "--wait",
            "--timeout=" + STOP_SECONDS);
        return;
      } catch (IOException | EmbeddedPostgresException e) {
        LOG.warn("PostgreSQL did not stop in mode {}: {}", mode, e.getMessage());
      }
    }
    kill(server);
  }

  private static void kill(ProcessHandle process) {
    process.destroyForcibly();
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
  }
}
