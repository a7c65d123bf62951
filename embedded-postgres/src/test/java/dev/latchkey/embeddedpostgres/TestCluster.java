package dev.latchkey.embeddedpostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL of a test, which makes and breaks it as an operator, a fail-over or an accident
 * would.
 */
public final class TestCluster implements AutoCloseable {

  /** Of its one database. */
  public static final String NAME = "test";

  public static final String SUPERUSER = "postgres";

  private final PostgresPrograms programs;
  private final Path folder;
  private final int port;
  private boolean running;

  private TestCluster(PostgresPrograms programs, Path folder) throws IOException {
    this.programs = programs;
    this.folder = folder;
    this.port = freePort();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Makes one with an empty database, which is not running yet. */
  public static TestCluster in(Path folder) throws IOException {
    PostgresPrograms programs = PostgresPrograms.in(folder.resolve("runtime"));
    Path data = folder.resolve("primary");
    programs.execute(
        "",
        "initdb",
        "--pgdata=" + data,
        "--username=" + SUPERUSER,
        "--auth=trust",
        "--encoding=UTF8");
    programs.execute(
        "CREATE DATABASE " + NAME + ";\n",
        "postgres",
        "--single",
        "-D",
        data.toString(),
        "template1");
    return new TestCluster(programs, data);
  }

  /**
   * Makes one that follows this one, as a copy of its files, from before it is started for the
   * first time.
   */
  public TestCluster replica() throws IOException {
    Path copy = folder.resolveSibling("replica");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(folder.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    Files.createFile(copy.resolve("standby.signal"));
    Files.writeString(
        copy.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port=%d user=%s application_name=replica'%n"
            .formatted(port, SUPERUSER),
        StandardOpenOption.APPEND);
    return new TestCluster(programs, copy);
  }

  /** Starts it, and returns when it accepts connections. */
  public void start(String... settings) throws IOException {
    var options =
        new ArrayList<>(
            List.of("-p " + port, "listen_addresses=127.0.0.1", "unix_socket_directories="));
    options.add("wal_keep_size=1GB");
    options.addAll(List.of(settings));
    programs.execute(
        "",
        "pg_ctl",
        "start",
        "--wait",
        "--pgdata=" + folder,
        "--log=" + folder.resolveSibling(folder.getFileName() + ".log"),
        "--options=" + String.join(" -c ", options));
    running = true;
  }

  /** Stops it in order. */
  public void stop() throws IOException {
    programs.execute("", "pg_ctl", "stop", "--pgdata=" + folder, "--mode=fast", "--wait");
    running = false;
  }

  /** Like a crash of its machine: nothing is finished, and no connection is closed in order. */
  public void crash() throws IOException {
    send("KILL");
    running = false;
  }

  /** It neither answers nor closes connections until it goes on. */
  public void hang() throws IOException {
    send("STOP");
  }

  public void goOn() throws IOException {
    send("CONT");
  }

  /**
   * To the server and to all that it has started; it is stopped first, so that it starts nothing
   * meanwhile.
   */
  private void send(String signal) throws IOException {
    ProcessHandle server =
        ProcessHandle.of(
                Long.parseLong(Files.readAllLines(folder.resolve("postmaster.pid")).getFirst()))
            .orElseThrow();
    kill("STOP", Stream.of(server));
    kill(signal, Stream.concat(server.descendants(), Stream.of(server)));
  }

  private static void kill(String signal, Stream<ProcessHandle> processes) throws IOException {
    var command = new ArrayList<>(List.of("kill", "-" + signal));
    processes.map(process -> Long.toString(process.pid())).forEach(command::add);
    var _ = new ProcessBuilder(command).start().onExit().join();
  }

  /** Ends the recovery of a replica; returns when it can be written. */
  public void promote() throws SQLException {
    execute("SELECT pg_promote()");
  }

  /** Runs statements as the superuser, who can always write unless this is a replica. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        var _ = statement.execute(sql);
      }
    }
  }

  public Connection connect() throws SQLException {
    return dataSource().getConnection();
  }

  /** As the superuser, who can always write unless this is a replica. */
  public DataSource dataSource() {
    var database = new PGSimpleDataSource();
    database.setUrl(url());
    database.setUser(SUPERUSER);
    database.setOptions("-c default_transaction_read_only=off");
    return database;
  }

  /** The JDBC URL of its database. */
  public String url() {
    return "jdbc:postgresql://" + address() + "/" + NAME;
  }

  /** Host and port, as in a JDBC URL. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    try {
      if (running) {
        goOn();
        programs.execute("", "pg_ctl", "stop", "--pgdata=" + folder, "--mode=immediate", "--wait");
        running = false;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
