package dev.latchkey.acceptance.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.bootstrap.LatchkeyServer;
import dev.latchkey.embeddedpostgres.BelowTarget;
import dev.latchkey.embeddedpostgres.ChildJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One service runs for all tests. Those that end it leave it to the next to start another on the
 * same data.
 */
@Timeout(120)
final class LaunchTest {

  private static final String OTHER_KEY = "YW5vdGhlciBtYXN0ZXIga2V5LCBhbHNvIDMyIGJ5dGU=";

  @TempDir(factory = BelowTarget.class)
  static Path data;

  private static @Nullable ServiceProcess service;

  @BeforeEach
  void start() throws IOException {
    if (service == null) {
      service = ServiceProcess.with(withAnyPort(Map.of("LATCHKEY_DATA_DIR", data.toString())));
    }
    if (!service.isAlive()) {
      service.start();
    }
  }

  @AfterAll
  static void end() {
    running().stop();
  }

  @Test
  void saysWhereItIsAndHowToStopIt() {
    URI address = running().address();
    assertThat(running().said())
        .endsWith(
            "",
            "Latchkey is running.",
            "  Pages       " + address + "/",
            "  API         " + address + "/api",
            "  Swagger UI  " + address + "/swagger-ui",
            "  Metrics     " + address + "/prometheus",
            "  Database    embedded PostgreSQL, data in " + data,
            "  Mail        written to files in " + data.resolve("mail"),
            "  Stop        Ctrl-C");
  }

  @Test
  void warnsWhoeverStartsItAsRoot() {
    boolean root = ProcessHandle.current().info().user().filter("root"::equals).isPresent();

    assertThat(running().said())
        .filteredOn(line -> line.contains("runs as root"))
        .hasSize(root ? 1 : 0);
  }

  @Test
  void saysOnceWhatHashesPasswords() {
    assertThat(running().said())
        .filteredOn(line -> line.contains("Passwords are hashed by "))
        .hasSize(1)
        .first(STRING)
        .containsAnyOf("libargon2", "BouncyCastle");
  }

  @Test
  void refusesADataDirectoryInUse() throws Exception {
    assertThat(refusal(Map.of("LATCHKEY_DATA_DIR", data.toString())))
        .contains(data.toString(), "is in use by another process", "LATCHKEY_DATA_DIR");

    client().get("/health/readiness").hasStatus(200);
  }

  @Test
  void refusesABusyPort() throws IOException {
    assertThat(
            refusal(
                sameDatabase(
                    "MICRONAUT_SERVER_PORT", Integer.toString(running().address().getPort()))))
        .contains("port", "in use", "MICRONAUT_SERVER_PORT");
  }

  @Test
  void refusesADatabaseOfOnesOwnWithoutAMasterKey() throws IOException {
    assertThat(refusal(sameDatabase("LATCHKEY_MASTER_KEY", "")))
        .contains("latchkey.master-key", "LATCHKEY_MASTER_KEY", "openssl rand -base64 32");
  }

  @Test
  void refusesAMalformedMasterKeyAndDoesNotRepeatIt() throws IOException {
    assertThat(refusal(sameDatabase("LATCHKEY_MASTER_KEY", "short-and-secret")))
        .contains("latchkey.master-key")
        .doesNotContain("short-and-secret");
  }

  @Test
  void refusesAnotherMasterKeyThanTheDatabaseWasMadeWith() throws IOException {
    assertThat(refusal(sameDatabase("LATCHKEY_MASTER_KEY", OTHER_KEY)))
        .contains("latchkey.master-key")
        .doesNotContain(OTHER_KEY);
  }

  @Test
  void refusesARetryWindowThatIsTooShort() throws IOException {
    assertThat(refusal(sameDatabase("LATCHKEY_REFRESH_RETRY_WINDOW", "10s")))
        .contains("latchkey.refresh");
  }

  @Test
  void refusesADatabaseThatIsNotThere() throws IOException {
    String url = "jdbc:postgresql://127.0.0.1:" + portOfNobody() + "/latchkey";

    assertThat(refusal(sameDatabase("DATASOURCES_DEFAULT_URL", url)))
        .contains("database", "DATASOURCES_DEFAULT_URL");
  }

  private static String portOfNobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    }
  }

  @Test
  void refusesASchemaThatIsTooOldIfItMayNotMigrate() throws IOException {
    Map<String, String> environment = sameDatabase("LATCHKEY_MIGRATION_ENABLED", "false");
    environment.merge("DATASOURCES_DEFAULT_URL", "?currentSchema=empty", String::concat);

    assertThat(refusal(environment))
        .contains("schema of the database is at version none", "LATCHKEY_MIGRATION_ENABLED");
  }

  @Test
  void refusesAWrongDatabasePasswordAndDoesNotRepeatIt() throws IOException {
    assertThat(refusal(sameDatabase("DATASOURCES_DEFAULT_PASSWORD", "guessed-secret")))
        .contains("database", "DATASOURCES_DEFAULT_URL")
        .doesNotContain("guessed-secret");
  }

  /** In the places of %s: a port at which nobody listens. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://127.0.0.1:%1$s/latchkey?user=ada&password=guessed-secret",
        "jdbc:postgresql://ada:guessed-secret@127.0.0.1:%1$s/latchkey",
        "jdbc:nothing://ada:guessed-secret@127.0.0.1/latchkey"
      })
  void doesNotRepeatThePasswordOfAUrlThatItRefuses(String url) throws IOException {
    assertThat(refusal(sameDatabase("DATASOURCES_DEFAULT_URL", url.formatted(portOfNobody()))))
        .containsIgnoringCase("DATASOURCES_DEFAULT_URL")
        .doesNotContain("guessed-secret", "guessed%2Dsecret");
  }

  @Test
  void takesUserAndPasswordFromTheUrl() throws IOException {
    Map<String, String> environment =
        sameDatabase("DATASOURCES_DEFAULT_PASSWORD", "another-password");
    String password =
        Files.readString(data.resolve("postgres.password")).strip().replace("-", "%2D");
    environment.merge(
        "DATASOURCES_DEFAULT_URL", "?user=latchkey&password=" + password, String::concat);
    environment.remove("DATASOURCES_DEFAULT_USERNAME");

    try (ChildJvm command = command(environment, "grant-role nobody auditor")) {
      assertThat(command.readToTheEnd()).containsExactly("There is no user nobody.");
    }
  }

  @Test
  void refusesASettingThatIsNoDuration() throws IOException {
    assertThat(refusal(sameDatabase("LATCHKEY_SESSION_IDLE", "soon")))
        .contains("latchkey.session.idle");
  }

  @Test
  void saysAllMistakesInSettingsAtOnceBeforeAnythingStarts(
      @TempDir(factory = BelowTarget.class) Path untouched) throws IOException {
    Map<String, String> environment =
        Map.of(
            "LATCHKEY_DATA_DIR", untouched.resolve("data").toString(),
            "LATCHKEY_SESSION_IDLE", "soon",
            "LATCHKEY_SIGNING_KEYS_ALGORITHM", "HS256",
            "LATCHKEY_SESION_ABSOLUTE", "30d");
    try (ChildJvm refused = launch(environment)) {
      assertThat(refused.readToTheEnd())
          .containsExactly(
              "Latchkey cannot start: 3 settings are wrong.",
              "  Change latchkey.signing-keys.algorithm: it must be ES256, RS256 or EdDSA.",
              "  Change latchkey.session.idle: \"soon\" is not a duration such as 30s, 5m, 12h or"
                  + " 7d.",
              "  There is no setting LATCHKEY_SESION_ABSOLUTE; the nearest is"
                  + " LATCHKEY_SESSION_ABSOLUTE.");
      assertThat(refused.exitCode()).isEqualTo(1);
    }
    assertThat(untouched.resolve("data")).doesNotExist();
  }

  @Test
  void checksItsSettingsWithoutADatabase(@TempDir(factory = BelowTarget.class) Path folder)
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("latchkey.yml"),
            """
            latchkey:
              issuer: auth.example.org
              access-token.lifetime: 5
              clients: [phone, phone]
              http:
                max-connections: 0
                trusted-proxis: 1
            datasources.default.url: jdbc:postgresql://127.0.0.1/latchkey
            """);

    try (ChildJvm check = command(Map.of(), "--config " + file + " check-config")) {
      assertThat(check.readToTheEnd())
          .hasSize(6)
          .anyMatch(line -> line.startsWith("Change latchkey.issuer: "))
          .anyMatch(line -> line.startsWith("Change latchkey.access-token.lifetime: "))
          .anyMatch(line -> line.startsWith("Change latchkey.clients: "))
          .anyMatch(line -> line.startsWith("Change latchkey.http.*: "))
          .anyMatch(line -> line.endsWith("; the nearest is latchkey.http.trusted-proxies."))
          .anyMatch(line -> line.startsWith("Change latchkey.master-key "));
      assertThat(check.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void takesSecretsFromFiles(@TempDir(factory = BelowTarget.class) Path folder) throws IOException {
    Map<String, String> environment = sameDatabase("LATCHKEY_SESSION_IDLE", "1d");
    Path masterKey =
        Files.writeString(folder.resolve("key"), take(environment, "LATCHKEY_MASTER_KEY"));
    Path password =
        Files.writeString(
            folder.resolve("password"), take(environment, "DATASOURCES_DEFAULT_PASSWORD") + "\n");
    environment.put("LATCHKEY_MASTER_KEY_FILE", masterKey.toString());
    environment.put("DATASOURCES_DEFAULT_PASSWORD_FILE", password.toString());

    try (ChildJvm command = command(environment, "grant-role nobody auditor")) {
      assertThat(command.readToTheEnd()).containsExactly("There is no user nobody.");
    }
  }

  private static String take(Map<String, String> environment, String name) {
    return Objects.requireNonNull(environment.remove(name));
  }

  private static ChildJvm command(Map<String, String> environment, String words)
      throws IOException {
    return ChildJvm.runningBriefly(LatchkeyServer.class, environment, words);
  }

  @Test
  void leavesNoDatabaseBehindIfItIsStoppedBeforeItHasStarted(
      @TempDir(factory = BelowTarget.class) Path ownData) throws IOException {
    Map<String, String> environment = withAnyPort(Map.of("LATCHKEY_DATA_DIR", ownData.toString()));
    try (ChildJvm starting = ChildJvm.runningBriefly(LatchkeyServer.class, environment)) {
      String line;
      do {
        line = starting.readLine();
      } while (!line.contains("signing_key_added"));
      long database = Long.parseLong(firstLineOf(ownData.resolve("postgres/postmaster.pid")));

      starting.terminate();

      assertThat(starting.readToTheEnd())
          .noneMatch(said -> said.contains("Latchkey is running."))
          .noneMatch(said -> said.contains("Latchkey cannot start"));
      assertThat(ProcessHandle.of(database).filter(ProcessHandle::isAlive)).isEmpty();
    }
  }

  private static String firstLineOf(Path file) throws IOException {
    return Files.readAllLines(file).getFirst();
  }

  @Test
  void takesCommandsWhileItRuns() throws Exception {
    String token = client().register("grace").hasStatus(201).text("/tokens/refreshToken");

    assertThat(command("grant-role grace auditor"))
        .startsWith("grace now has the roles: auditor user.");
    String accessToken = client().refresh(token).hasStatus(200).accessToken();
    assertThat(new String(Base64.getUrlDecoder().decode(accessToken.split("\\.", -1)[1]), UTF_8))
        .contains("\"roles\":[\"auditor\",\"user\"]");
    assertThat(command("rotate-signing-key"))
        .matches("Signing key 2 \\(ES256, \\S+\\) is published, and signs from \\S+Z\\.");
    assertThat(command("disable-account grace"))
        .isEqualTo("grace is disabled. All sessions have ended, and stay ended.");
    client().me(accessToken).isProblem(401, "invalid_access_token");
    client().get("/health/readiness").hasStatus(200);
  }

  @Test
  void migratesByACommand() throws IOException {
    assertThat(command("migrate"))
        .matches("Migrations executed: 0\\. The schema is at version \\d+\\.");
  }

  @Test
  void letsTheLastActiveAdministratorKeepTheRole() throws Exception {
    client().register("joan").hasStatus(201);

    assertThat(command("grant-role joan admin")).startsWith("joan now has the roles: admin user.");
    assertThat(command("withdraw-role joan admin"))
        .isEqualTo("joan is the last active administrator. Grant somebody else the role first.");
  }

  /** The last line that a command says to the operator. */
  private static String command(String words) throws IOException {
    try (ChildJvm command = command(Map.of("LATCHKEY_DATA_DIR", data.toString()), words)) {
      return command.readToTheEnd().getLast();
    }
  }

  @Test
  void goesOnWithTheSessionsOfBeforeAfterItWasKilled() throws Exception {
    String token = client().register("ada").hasStatus(201).text("/tokens/refreshToken");
    running().kill();

    start();

    client().refresh(token).hasStatus(200);
  }

  @Test
  void stopsItsDatabaseWhenItIsAskedToStop() throws IOException {
    long pid =
        Long.parseLong(Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst());
    ProcessHandle database = ProcessHandle.of(pid).orElseThrow();

    running().stop();

    assertThat(database.isAlive()).isFalse();
    assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
    assertThat(running().saidSince())
        .noneMatch(line -> line.contains("ERROR") || line.contains("WARN"));
  }

  /** The one line of a service that does not start. */
  private static String refusal(Map<String, String> environment) throws IOException {
    try (ChildJvm refused = launch(environment)) {
      List<String> said = refused.readToTheEnd();
      assertThat(said).hasSize(1);
      assertThat(said.getFirst()).startsWith("Latchkey cannot start: ");
      assertThat(refused.exitCode()).isEqualTo(1);
      return said.getFirst();
    }
  }

  private static ChildJvm launch(Map<String, String> environment) throws IOException {
    return ChildJvm.runningBriefly(LatchkeyServer.class, withAnyPort(environment));
  }

  private static Map<String, String> withAnyPort(Map<String, String> environment) {
    var withPort = new HashMap<>(Map.of("MICRONAUT_SERVER_PORT", "-1"));
    withPort.putAll(environment);
    return withPort;
  }

  /** The settings of a second node on the database of the service, but for one. */
  private static Map<String, String> sameDatabase(String name, String value) throws IOException {
    String port = Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3);
    var environment = new HashMap<String, String>();
    environment.put("DATASOURCES_DEFAULT_URL", "jdbc:postgresql://127.0.0.1:" + port + "/latchkey");
    environment.put("DATASOURCES_DEFAULT_USERNAME", "latchkey");
    environment.put(
        "DATASOURCES_DEFAULT_PASSWORD",
        Files.readString(data.resolve("postgres.password")).strip());
    environment.put("LATCHKEY_MASTER_KEY", Files.readString(data.resolve("master.key")).strip());
    environment.put(name, value);
    return environment;
  }

  private static ServiceProcess running() {
    if (service == null) {
      throw new AssertionError("no service was started");
    }
    return service;
  }

  private static Client client() {
    return new Client(running().address());
  }
}
