package dev.latchkey.acceptance.load;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.acceptance.load.Requests.Reply;
import dev.latchkey.adapters.security.key.MasterKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Backs up, destroys and restores, by the scripts in {@code operation}: first a database in use, on
 * the PostgreSQL that libpq's environment names, then a data directory. Prints what was shown, and
 * exits with 1 as soon as anything is not as {@code docs/database.md} says.
 */
@SuppressWarnings("SystemOut") // a program for the person at the terminal
public final class BackupDrill {

  private static final Path OPERATION = Path.of("..", "operation");
  private static final String DATABASE = "latchkey_drill";

  private final Requests requests = new Requests();
  private final Path folder;
  private final String masterKey = newMasterKey();

  private BackupDrill(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] args) throws Exception {
    Path target = Files.createDirectories(Path.of("target", "data")).toRealPath();
    var drill = new BackupDrill(Files.createTempDirectory(target, "drill"));
    try {
      System.out.println("--- a database in use");
      drill.restoreADatabase();
      System.out.println("--- a data directory");
      drill.restoreADataDirectory();
    } catch (NotAsDocumentedException e) {
      System.out.println("NOT SO: " + e.getMessage());
      System.exit(1);
    }
    System.exit(0); // whatever still runs ends with this process
  }

  private void restoreADatabase() throws Exception {
    Map<String, String> roles = makeDatabase();
    Path backup = folder.resolve("database.backup");
    ServiceProcess service = closedAtEnd(ServiceProcess.forLoad(serving(masterKey)));
    service.start();
    URI address = service.address();
    Device quiet = registered(address, "quiet");
    Device ahead = registered(address, "ahead");
    Device ended = registered(address, "ended");
    quiet.exchange(address);

    var load = new ExchangeLoad(List.of(() -> address), Duration.ofMillis(100));
    load.start();
    Thread.sleep(Duration.ofSeconds(3));
    String spentLater = ahead.refreshToken;
    require(
        "it is backed up under load",
        run(backingUp(roles), script("backup"), backup.toString()) == 0);
    ahead.exchange(address);
    ahead.exchange(address);
    require("a session ends after the backup", ended.revoke(address) == 204);
    Device late = registered(address, "late");
    require("no client notices the backup", load.finish());

    service.kill();
    var _ = makeDatabase();
    require(
        "another master key is found out by the manifest",
        run(
                with(roles, "LATCHKEY_MASTER_KEY", newMasterKey()),
                script("restore"),
                backup.toString())
            == 1);
    require("it is restored", run(backingUp(roles), script("restore"), backup.toString()) == 0);
    require(
        "a database that is not empty is not restored to",
        run(backingUp(roles), script("restore"), backup.toString()) == 1);
    require(
        "a service with another master key is refused in one sentence",
        refusal(serving(newMasterKey())).contains("does not open signing key 1 of the database"));

    service.start();
    URI restored = service.address(); // at another port
    require("who was registered logs in", quiet.login(restored) == 200);
    require("who was registered later does not", late.login(restored) == 401);
    require("an access token from before is accepted", quiet.read(restored) == 200);
    require("a session from before goes on", quiet.exchange(restored) == 200);
    require("a client that is ahead of the backup goes on", ahead.exchange(restored) == 200);
    require("and is then refused what it had spent", ahead.present(restored, spentLater) == 401);
    require("a session that was ended later is active again", ended.exchange(restored) == 200);
    require(
        "the service still may not change tables, nor the history of migrations",
        psql(serving(), "DELETE FROM flyway_schema_history") != 0
            && psql(serving(), "ALTER TABLE users ADD COLUMN mine int") != 0);
    service.stop();
  }

  private void restoreADataDirectory() throws Exception {
    Path data = folder.resolve("data");
    Path backup = folder.resolve("directory.backup");
    var environment =
        new HashMap<>(Map.of("LATCHKEY_DATA_DIR", data.toString(), "MICRONAUT_SERVER_PORT", "-1"));
    ServiceProcess service = closedAtEnd(ServiceProcess.forLoad(environment));
    service.start();
    Device quiet = registered(service.address(), "quiet");
    Device ahead = registered(service.address(), "ahead");
    String[] backUp = {script("backup"), "--data-dir", data.toString(), backup.toString()};
    require("it is not backed up while it is in use", run(Map.of(), backUp) == 1);
    service.stop();
    require("it is backed up", run(Map.of(), backUp) == 0);
    Path keptApart = Files.copy(data.resolve("master.key"), folder.resolve("master.key"));
    service.start();
    ahead.exchange(service.address());
    ahead.exchange(service.address());
    service.kill();
    service.start(); // ends the database that the killed one has left
    service.stop();
    Files.move(data, folder.resolve("destroyed"));

    String[] restore = {script("restore"), "--data-dir", data.toString(), backup.toString()};
    require("it is not restored without a master key", run(Map.of(), restore) == 1);
    require(
        "nor with another one", run(Map.of("LATCHKEY_MASTER_KEY", newMasterKey()), restore) == 1);
    require(
        "it is restored",
        run(Map.of("LATCHKEY_MASTER_KEY_FILE", keptApart.toString()), restore) == 0);

    service.start();
    URI address = service.address();
    require("who was registered logs in", quiet.login(address) == 200);
    require("an access token from before is accepted", quiet.read(address) == 200);
    require("a session from before goes on", quiet.exchange(address) == 200);
    require("a client that is ahead of the backup goes on", ahead.exchange(address) == 200);
    service.stop();
  }

  /** Makes an empty one, with the roles of {@code operation/roles.sql}; destroys what was there. */
  private static Map<String, String> makeDatabase() throws IOException {
    Map<String, String> administrator = Map.of("PGDATABASE", "postgres");
    require(
        "there is an empty database",
        psql(administrator, "DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)") == 0
            && psql(administrator, "CREATE DATABASE " + DATABASE) == 0);
    Map<String, String> inIt = Map.of("PGDATABASE", DATABASE);
    require(
        "it has a role that migrates and one that serves",
        run(
                    inIt,
                    "psql",
                    "-Xqv",
                    "ON_ERROR_STOP=1",
                    "-f",
                    OPERATION.resolve("roles.sql").toString())
                == 0
            && psql(inIt, "ALTER ROLE latchkey_migration PASSWORD 'migrates'") == 0
            && psql(inIt, "ALTER ROLE latchkey_service PASSWORD 'serves'") == 0);
    return Map.of("PGDATABASE", DATABASE, "PGUSER", "latchkey_migration", "PGPASSWORD", "migrates");
  }

  private static Map<String, String> serving() {
    return Map.of("PGDATABASE", DATABASE, "PGUSER", "latchkey_service", "PGPASSWORD", "serves");
  }

  private Map<String, String> backingUp(Map<String, String> role) {
    return with(role, "LATCHKEY_MASTER_KEY", masterKey);
  }

  private static Map<String, String> with(Map<String, String> others, String name, String value) {
    var all = new HashMap<>(others);
    all.put(name, value);
    return all;
  }

  private static Map<String, String> serving(String masterKey) {
    return Map.of(
        "MICRONAUT_SERVER_PORT", "-1",
        "DATASOURCES_DEFAULT_URL",
            "jdbc:postgresql://%s:%s/%s"
                .formatted(System.getenv("PGHOST"), System.getenv("PGPORT"), DATABASE),
        "DATASOURCES_DEFAULT_USERNAME", "latchkey_service",
        "DATASOURCES_DEFAULT_PASSWORD", "serves",
        "LATCHKEY_MIGRATION_USERNAME", "latchkey_migration",
        "LATCHKEY_MIGRATION_PASSWORD", "migrates",
        "LATCHKEY_MASTER_KEY", masterKey,
        "LATCHKEY_PASSWORD_HASHING_MEMORY", "64",
        "LATCHKEY_PASSWORD_HASHING_ITERATIONS", "1");
  }

  private static String newMasterKey() {
    return MasterKeys.generate(new SecureRandom()).revealSetting();
  }

  private static String script(String name) {
    return OPERATION.resolve(name).toString();
  }

  private static int psql(Map<String, String> environment, String sql) throws IOException {
    return run(environment, "psql", "-Xqc", sql);
  }

  private static int run(Map<String, String> environment, String... command) throws IOException {
    var process = new ProcessBuilder(command).inheritIO();
    process.environment().keySet().removeIf(name -> name.startsWith("LATCHKEY_"));
    process.environment().putAll(environment);
    return process.start().onExit().join().exitValue();
  }

  /** What a service says that does not start. */
  private static String refusal(Map<String, String> environment) {
    try (ServiceProcess service = ServiceProcess.with(environment)) {
      service.start();
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static ServiceProcess closedAtEnd(ServiceProcess service) {
    Runtime.getRuntime().addShutdownHook(new Thread(service::close, "end-of-drill"));
    return service;
  }

  private static void require(String what, boolean shown) {
    if (!shown) {
      throw new NotAsDocumentedException(what);
    }
    System.out.println("shown: " + what);
  }

  private static final class NotAsDocumentedException extends RuntimeException {
    NotAsDocumentedException(String what) {
      super(what);
    }
  }

  private Device registered(URI address, String client) throws InterruptedException {
    Reply reply = requests.register(address, client);
    require(client + " is registered", reply.event().status() == 201);
    return new Device(client, reply);
  }

  /** One session of one client. Its calls return the status of the answer. */
  private final class Device {

    private final String client;
    private String refreshToken;
    private String accessToken;

    Device(String client, Reply registration) {
      this.client = client;
      this.refreshToken = registration.refreshToken();
      this.accessToken = registration.accessToken();
    }

    int login(URI address) throws InterruptedException {
      return requests.login(address, client).event().status();
    }

    int read(URI address) throws InterruptedException {
      return requests.read(address, client, "", accessToken).event().status();
    }

    int present(URI address, String token) throws InterruptedException {
      return requests.exchange(address, client, "", token).event().status();
    }

    int revoke(URI address) throws InterruptedException {
      return requests.revoke(address, client, "", refreshToken).event().status();
    }

    @CanIgnoreReturnValue
    int exchange(URI address) throws InterruptedException {
      Reply reply = requests.exchange(address, client, "", refreshToken);
      if (reply.event().status() == 200) {
        refreshToken = reply.refreshToken();
        accessToken = reply.accessToken();
      }
      return reply.event().status();
    }
  }
}
