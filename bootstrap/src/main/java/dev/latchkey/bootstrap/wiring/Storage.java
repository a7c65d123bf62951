package dev.latchkey.bootstrap.wiring;

import dev.latchkey.adapters.security.key.MasterKeys;
import dev.latchkey.bootstrap.settings.DatabaseUrl;
import dev.latchkey.bootstrap.settings.StartupException;
import dev.latchkey.embeddedpostgres.DataDirectory;
import dev.latchkey.embeddedpostgres.DataDirectoryInUseException;
import dev.latchkey.embeddedpostgres.EmbeddedDatabase;
import dev.latchkey.embeddedpostgres.EmbeddedPostgresException;
import dev.latchkey.embeddedpostgres.RunningDatabase;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Where accounts and sessions are kept, and the master key beside it: the database that is
 * configured, or else an embedded one with a key that is made once.
 */
public final class Storage implements AutoCloseable {

  private static final String URL = "datasources.default.url";
  private static final String USERNAME = "datasources.default.username";
  private static final String PASSWORD = "datasources.default.password";
  private static final String MASTER_KEY = "latchkey.master-key";
  private static final String DATA_DIRECTORY = "latchkey.data-dir";
  private static final String MASTER_KEY_FILE = "master.key";

  /** Where mails are written without an SMTP server; beside the embedded database by default. */
  static final String MAIL_DIRECTORY = "latchkey.mail.directory";

  private static final String MAIL_FOLDER = "mail";

  /** Of the embedded database, and of the role that the service connects as. */
  private static final String EMBEDDED_NAME = "latchkey";

  private final String description;
  private final Map<String, Object> properties;
  private final Runnable stop;

  private Storage(String description, Map<String, Object> properties, Runnable stop) {
    this.description = description;
    this.properties = Map.copyOf(properties);
    this.stop = stop;
  }

  /**
   * @throws StartupException if there is no master key to go with the configured database
   * @throws EmbeddedPostgresException if none is configured, and there is no embedded one to be had
   */
  public static Storage open() {
    return open(Storage::embedded);
  }

  /**
   * As {@link #open}, but for commands: joins the storage of a running service, if there is one.
   *
   * @throws RuntimeException as {@link #open}
   */
  public static Storage openOrJoin() {
    return open(
        (directory, masterKey) -> {
          try {
            return embedded(directory, masterKey);
          } catch (DataDirectoryInUseException _) {
            return running(directory, masterKey);
          }
        });
  }

  private static Storage open(BiFunction<Path, Optional<String>, Storage> embedded) {
    try (ApplicationContext settings =
        ApplicationContext.builder().banner(false).deduceEnvironment(false).build()) {
      Environment environment = settings.getEnvironment().start();
      Optional<String> masterKey =
          environment.getProperty(MASTER_KEY, String.class).filter(text -> !text.isBlank());
      return environment
          .getProperty(URL, String.class)
          .map(url -> configured(url, masterKey))
          .orElseGet(
              () -> {
                Path directory =
                    Path.of(environment.getRequiredProperty(DATA_DIRECTORY, String.class));
                Storage storage = embedded.apply(directory, masterKey);
                return environment
                        .getProperty(MAIL_DIRECTORY, String.class)
                        .filter(text -> !text.isBlank())
                        .isPresent()
                    ? storage
                    : storage.withMailsIn(directory.resolve(MAIL_FOLDER));
              });
    }
  }

  private static Storage configured(String url, Optional<String> masterKey) {
    if (masterKey.isEmpty()) {
      throw new StartupException(
          "latchkey.master-key (environment variable LATCHKEY_MASTER_KEY) is missing; a database is"
              + " configured, so set it to a secret of your own, the same for all nodes, made with:"
              + " openssl rand -base64 32");
    }
    DatabaseUrl database = DatabaseUrl.parse(url);
    return new Storage("PostgreSQL at " + database.place(), database.revealSettings(), () -> {});
  }

  private static Storage embedded(Path directory, Optional<String> masterKey) {
    DataDirectory data = DataDirectory.open(directory);
    try {
      String key =
          masterKey.orElseGet(
              () ->
                  data.secret(
                      MASTER_KEY_FILE,
                      () -> MasterKeys.generate(new SecureRandom()).revealSetting()));
      EmbeddedDatabase database = EmbeddedDatabase.start(data, EMBEDDED_NAME);
      return new Storage(
          "embedded PostgreSQL, data in " + directory.toAbsolutePath().normalize(),
          settings(key, database.jdbcUrl(), database.username(), database.password()),
          () -> {
            database.close();
            data.close();
          });
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  private static Storage running(Path directory, Optional<String> masterKey) {
    RunningDatabase database = RunningDatabase.in(directory, EMBEDDED_NAME);
    String key =
        masterKey.orElseGet(() -> DataDirectory.existingSecret(directory, MASTER_KEY_FILE));
    return new Storage(
        "the database of the service in " + directory.toAbsolutePath().normalize(),
        settings(key, database.jdbcUrl(), database.username(), database.password()),
        () -> {});
  }

  private static Map<String, Object> settings(
      String masterKey, String url, String username, String password) {
    return Map.of(MASTER_KEY, masterKey, URL, url, USERNAME, username, PASSWORD, password);
  }

  private Storage withMailsIn(Path directory) {
    var withMails = new HashMap<>(properties);
    withMails.put(MAIL_DIRECTORY, directory.toString());
    return new Storage(description, withMails, stop);
  }

  /** For the banner. */
  public String description() {
    return description;
  }

  /** The settings that follow from the choice of storage. */
  public Map<String, Object> properties() {
    return properties;
  }

  @Override
  public void close() {
    stop.run();
  }
}
