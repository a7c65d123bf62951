package dev.latchkey.bootstrap.wiring;

import dev.latchkey.adapters.security.key.MasterKeys;
import dev.latchkey.bootstrap.settings.LatchkeySettings;
import dev.latchkey.bootstrap.settings.MailSettings;
import dev.latchkey.bootstrap.settings.StorageSettings;
import dev.latchkey.embeddedpostgres.DataDirectory;
import dev.latchkey.embeddedpostgres.DataDirectoryInUseException;
import dev.latchkey.embeddedpostgres.EmbeddedDatabase;
import dev.latchkey.embeddedpostgres.EmbeddedPostgresException;
import dev.latchkey.embeddedpostgres.RunningDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where accounts and sessions are kept, and the master key beside it: the database that is
 * configured, or else an embedded one with a key that is made once.
 */
public final class Storage implements AutoCloseable {

  private static final String MASTER_KEY_FILE = "master.key";

  /** Where mails are written without an SMTP server, beside the embedded database. */
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
   * @throws EmbeddedPostgresException if no database is configured, and there is no embedded one to
   *     be had
   */
  public static Storage open(LatchkeySettings settings) {
    return open(settings, Storage::embedded);
  }

  /**
   * As {@link #open}, but for commands: joins the storage of a running service, if there is one.
   *
   * @throws RuntimeException as {@link #open}
   */
  public static Storage openOrJoin(LatchkeySettings settings) {
    return open(
        settings,
        chosen -> {
          try {
            return embedded(chosen);
          } catch (DataDirectoryInUseException _) {
            return running(chosen);
          }
        });
  }

  private static Storage open(
      LatchkeySettings settings, Function<StorageSettings, Storage> embedded) {
    StorageSettings chosen = settings.storage();
    if (chosen.database().isPresent()) {
      return new Storage(
          "PostgreSQL at " + chosen.database().get().place(),
          chosen.revealDatabaseSettings(),
          () -> {});
    }
    Storage storage = embedded.apply(chosen);
    return settings.mail().directory().isPresent()
        ? storage
        : storage.with(MailSettings.DIRECTORY, chosen.dataDirectory().resolve(MAIL_FOLDER));
  }

  private static Storage embedded(StorageSettings settings) {
    Path directory = settings.dataDirectory();
    DataDirectory data = DataDirectory.open(directory);
    try {
      Optional<String> masterKey =
          unlessConfigured(
              settings,
              () ->
                  data.secret(
                      MASTER_KEY_FILE,
                      () -> MasterKeys.generate(new SecureRandom()).revealSetting()));
      EmbeddedDatabase database = EmbeddedDatabase.start(data, EMBEDDED_NAME);
      return new Storage(
              "embedded PostgreSQL, data in " + directory.toAbsolutePath().normalize(),
              connection(database.jdbcUrl(), database.username(), database.password()),
              () -> {
                database.close();
                data.close();
              })
          .withMasterKey(masterKey);
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  private static Storage running(StorageSettings settings) {
    Path directory = settings.dataDirectory();
    RunningDatabase database = RunningDatabase.in(directory, EMBEDDED_NAME);
    Optional<String> masterKey =
        unlessConfigured(settings, () -> DataDirectory.existingSecret(directory, MASTER_KEY_FILE));
    return new Storage(
            "the database of the service in " + directory.toAbsolutePath().normalize(),
            connection(database.jdbcUrl(), database.username(), database.password()),
            () -> {})
        .withMasterKey(masterKey);
  }

  private static Optional<String> unlessConfigured(
      StorageSettings settings, Supplier<String> masterKey) {
    return settings.masterKeys().isPresent() ? Optional.empty() : Optional.of(masterKey.get());
  }

  private static Map<String, Object> connection(String url, String username, String password) {
    return Map.of(
        StorageSettings.URL, url,
        StorageSettings.USERNAME, username,
        StorageSettings.PASSWORD, password);
  }

  private Storage withMasterKey(Optional<String> masterKey) {
    return masterKey.map(key -> with(StorageSettings.MASTER_KEY, key)).orElse(this);
  }

  private Storage with(String setting, Object value) {
    var more = new HashMap<>(properties);
    more.put(setting, value.toString());
    return new Storage(description, more, stop);
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
