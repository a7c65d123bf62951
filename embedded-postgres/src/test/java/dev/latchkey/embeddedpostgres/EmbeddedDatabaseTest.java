package dev.latchkey.embeddedpostgres;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On the one real PostgreSQL of the build. All tests share a folder; each starts the server in it
 * and stops it.
 */
@Timeout(120)
final class EmbeddedDatabaseTest {

  @TempDir(factory = BelowTarget.class)
  static Path temp;

  private DataDirectory directory;
  private EmbeddedDatabase database;

  /** What a crash while it was made for the first time may leave. */
  @BeforeAll
  static void leaveHalfMadeThings() throws IOException {
    Files.createDirectories(temp.resolve("runtime/unpacking/bin/postgres"));
    Files.writeString(
        Files.createDirectory(temp.resolve("postgres.new")).resolve("PG_VERSION"), "18\n");
  }

  @BeforeEach
  void start() {
    directory = DataDirectory.open(temp);
    database = EmbeddedDatabase.start(directory, "latchkey");
  }

  @AfterEach
  void stop() {
    database.close();
    directory.close();
  }

  private void restart() {
    stop();
    start();
  }

  @Test
  void keepsItsDataWhenItIsStoppedAndStarted() throws SQLException {
    execute("CREATE TABLE stopped (id int)");

    restart();

    assertThat(exists("stopped")).isTrue();
  }

  @Test
  void isAsDurableAsAnyOtherAndHeardOnlyOnThisMachine() throws Exception {
    assertThat(setting("fsync")).isEqualTo("on");
    assertThat(setting("synchronous_commit")).isEqualTo("on");
    assertThat(setting("full_page_writes")).isEqualTo("on");
    assertThat(setting("max_connections")).isEqualTo("50");
    assertThat(setting("listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(Files.readAllLines(directory.resolve("postgres/postmaster.pid")).get(4))
        .as("Unix socket")
        .isEmpty();
  }

  @Test
  void letsNobodyInWithoutThePassword() {
    assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), "latchkey", "wrong"))
        .hasMessageContaining("password authentication failed");
    assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), "latchkey", null))
        .hasMessageContaining("no password was provided");
  }

  @Test
  void letsInNoOtherRoleAndToNoOtherDatabase() {
    for (String user : List.of("latchkey_superuser", "postgres", "root")) {
      assertThatThrownBy(
              () -> DriverManager.getConnection(database.jdbcUrl(), user, database.password()))
          .hasMessageContaining("no pg_hba.conf entry");
    }
    String otherDatabase = database.jdbcUrl().replaceFirst("latchkey$", "postgres");
    assertThatThrownBy(
            () -> DriverManager.getConnection(otherDatabase, "latchkey", database.password()))
        .hasMessageContaining("no pg_hba.conf entry");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY pg_class FROM PROGRAM 'id'",
        "COPY pg_class TO '/dev/null'",
        "SELECT pg_read_file('PG_VERSION')",
        "SELECT pg_ls_dir('.')",
        "SELECT lo_import('/etc/hostname')",
        "SELECT rolpassword FROM pg_authid",
        "CREATE FUNCTION run(cstring) RETURNS int LANGUAGE c AS 'libc', 'system'",
        "LOAD 'libc'",
        "CREATE EXTENSION file_fdw",
        "ALTER SYSTEM SET work_mem = '64MB'",
        "CREATE ROLE another",
        "CREATE DATABASE another",
        "ALTER ROLE latchkey SUPERUSER",
        "ALTER ROLE latchkey_superuser LOGIN",
        "SET ROLE latchkey_superuser",
        "SET SESSION AUTHORIZATION latchkey_superuser"
      })
  void allowsItsRoleNothingBeyondItsDatabase(String sql) {
    assertThatThrownBy(() -> execute(sql))
        .isInstanceOfSatisfying(
            SQLException.class, refusal -> assertThat(refusal.getSQLState()).isEqualTo("42501"));
  }

  @Test
  void keepsItsFilesForItsOwnerAlone() throws IOException {
    assertThat(permissions("postgres")).isEqualTo("rwx------");
    assertThat(permissions("runtime")).isEqualTo("rwx------");
    assertThat(permissions("postgres.password")).isEqualTo("rw-------");
    assertThat(Files.readString(directory.resolve("postgres.password")).strip())
        .isEqualTo(database.password());
  }

  @Test
  void doesNotShowItsPassword() {
    assertThat(database.toString())
        .contains(database.jdbcUrl())
        .doesNotContain(database.password());
    assertThat(database.jdbcUrl()).doesNotContain(database.password());
  }

  @Test
  void comesBackOnItsPortWithItsDataWhenTheServerIsKilled() throws Exception {
    execute("CREATE TABLE killed_server (id int)");
    String url = database.jdbcUrl();
    long killed = serverPid();

    try (WatchService changes = temp.getFileSystem().newWatchService()) {
      WatchKey key = directory.resolve("postgres").register(changes, ENTRY_CREATE, ENTRY_MODIFY);
      assertThat(ProcessHandle.of(killed).orElseThrow().destroyForcibly()).isTrue();
      while (!isReadyAfter(killed)) {
        changes.take().pollEvents();
        key.reset();
      }
    }

    assertThat(database.jdbcUrl()).isEqualTo(url);
    assertThat(exists("killed_server")).isTrue();
  }

  @Test
  void takesOverFromAServiceThatWasKilled() throws Exception {
    stop();
    long leftOver;
    try (ChildJvm service = ChildJvm.serving(temp)) {
      String url = service.readLine();
      try (Connection connection = DriverManager.getConnection(url, "latchkey", password())) {
        execute(connection, "CREATE TABLE killed_service (id int)");
      }
      service.kill();
      leftOver = serverPid();
    }
    assertThat(ProcessHandle.of(leftOver)).isPresent();

    start();

    assertThat(serverPid()).isNotEqualTo(leftOver);
    assertThat(exists("killed_service")).isTrue();
  }

  @Test
  void survivesTheDeathOfServiceAndServer() throws Exception {
    stop();
    try (ChildJvm service = ChildJvm.serving(temp)) {
      String url = service.readLine();
      try (Connection connection = DriverManager.getConnection(url, "latchkey", password())) {
        execute(connection, "CREATE TABLE killed_both (id int)");
      }
      service.kill();
      assertThat(ProcessHandle.of(serverPid()).orElseThrow().destroyForcibly()).isTrue();
    }

    start();

    assertThat(exists("killed_both")).isTrue();
  }

  @Test
  void isStoppedByASignalToTheService() throws Exception {
    stop();
    try (ChildJvm service = ChildJvm.serving(temp)) {
      assertThat(service.readLine()).startsWith("jdbc:postgresql://127.0.0.1:");
      ProcessHandle server = ProcessHandle.of(serverPid()).orElseThrow();

      service.terminate();

      assertThat(server.isAlive()).isFalse();
      assertThat(directory.resolve("postgres/postmaster.pid")).doesNotExist();
    }
  }

  @Test
  void leavesAStrangerAloneWhoseNumberIsThatOfADeadServer() throws Exception {
    List<String> lock =
        new ArrayList<>(Files.readAllLines(directory.resolve("postgres/postmaster.pid")));
    stop();
    Process stranger = new ProcessBuilder("cat").start();
    try {
      lock.set(0, Long.toString(stranger.pid()));
      Files.write(directory.resolve("postgres/postmaster.pid"), lock);

      start();

      assertThat(exists("pg_class")).isTrue();
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void beginsAgainWhenACrashLeftItHalfMade() throws SQLException {
    assertThat(exists("pg_class")).isTrue();
    assertThat(directory.resolve("postgres.new")).doesNotExist();
    assertThat(directory.resolve("runtime/unpacking")).doesNotExist();
  }

  @Test
  void refusesToStartWhenItsPasswordIsLost() throws IOException {
    stop();
    Path password = directory.resolve("postgres.password");
    Path elsewhere = directory.resolve("elsewhere");
    Files.move(password, elsewhere);

    assertThatThrownBy(this::start)
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageStartingWith("The file " + password + " is missing");

    Files.move(elsewhere, password);
  }

  private boolean isReadyAfter(long killed) throws IOException {
    List<String> lock = Files.readAllLines(directory.resolve("postgres/postmaster.pid"));
    return lock.size() == 8
        && lock.getLast().strip().equals("ready")
        && !lock.getFirst().equals(Long.toString(killed));
  }

  private long serverPid() throws IOException {
    return Long.parseLong(
        Files.readAllLines(directory.resolve("postgres/postmaster.pid")).getFirst());
  }

  private String password() throws IOException {
    return Files.readString(directory.resolve("postgres.password")).strip();
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), database.username(), database.password());
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect()) {
      execute(connection, sql);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String setting(String name) throws SQLException {
    return query("SHOW " + name);
  }

  private boolean exists(String table) throws SQLException {
    return query("SELECT to_regclass('" + table + "') IS NOT NULL").equals("t");
  }

  private String query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
