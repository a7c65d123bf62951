package dev.latchkey.embeddedpostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * A cluster as earlier versions made and served it: its one role is the superuser and owns
 * everything.
 */
final class OldCluster implements AutoCloseable {

  private static final String PASSWORD = "old-password";

  private final Path folder;
  private final PostgresPrograms programs;
  private final String url;

  private OldCluster(Path folder, PostgresPrograms programs, String url) {
    this.folder = folder;
    this.programs = programs;
    this.url = url;
  }

  /** Makes it in an empty data directory, and serves it until it is closed. */
  static OldCluster in(DataDirectory directory) throws IOException {
    PostgresPrograms programs = PostgresPrograms.in(directory.resolve("runtime"));
    Path folder = directory.resolve("postgres");
    Path passwordFile = Files.writeString(directory.resolve("postgres.password"), PASSWORD + "\n");
    programs.execute(
        "",
        "initdb",
        "--pgdata=" + folder,
        "--username=latchkey",
        "--pwfile=" + passwordFile,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8");
    programs.execute(
        "CREATE DATABASE latchkey;\n",
        "postgres",
        "--single",
        "-D",
        folder.toString(),
        "-c",
        "exit_on_error=on",
        "template1");
    String port = freePort();
    Process server =
        programs.start(
            "postgres",
            "-D",
            folder.toString(),
            "-p",
            port,
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=");
    Server.follow(server, _ -> {}).awaitReady();
    return new OldCluster(folder, programs, "jdbc:postgresql://127.0.0.1:" + port + "/latchkey");
  }

  private static String freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, "latchkey", PASSWORD);
  }

  /** What {@code pg_hba.conf} was. */
  List<String> connections() throws IOException {
    return Files.readAllLines(folder.resolve("pg_hba.conf"));
  }

  @Override
  public void close() throws IOException {
    programs.execute("", "pg_ctl", "stop", "--pgdata=" + folder, "--mode=fast", "--wait");
  }
}
