package dev.latchkey.bootstrap.settings;

import dev.latchkey.adapters.security.key.MasterKeys;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where accounts and sessions are kept, and the secret that all tokens are derived from. */
public final class StorageSettings {

  public static final String URL = "datasources.default.url";
  public static final String USERNAME = "datasources.default.username";
  public static final String PASSWORD = "datasources.default.password";
  private static final String DATA_DIRECTORY = "latchkey.data-dir";
  public static final String MIGRATES = "latchkey.migration.enabled";
  private static final String MIGRATES_AS = "latchkey.migration.username";
  private static final String MIGRATION_PASSWORD = "latchkey.migration.password";
  public static final String MASTER_KEY = "latchkey.master-key";

  private final Path dataDirectory;
  private final Optional<DatabaseUrl> database;
  private final Optional<String> password;
  private final Optional<String> migrationPassword;
  private final Optional<MasterKeys> masterKeys;

  private StorageSettings(
      Path dataDirectory,
      Optional<DatabaseUrl> database,
      Optional<String> password,
      Optional<String> migrationPassword,
      Optional<MasterKeys> masterKeys) {
    this.dataDirectory = dataDirectory;
    this.database = database;
    this.password = password;
    this.migrationPassword = migrationPassword;
    this.masterKeys = masterKeys;
  }

  static Reading<StorageSettings> read(SettingsReader settings) {
    var dataDirectory =
        settings.valid(
            DATA_DIRECTORY,
            () ->
                settings
                    .path(DATA_DIRECTORY)
                    .orElseThrow(
                        () -> new IllegalArgumentException("it needs a value, a folder's path")));
    var database =
        settings.valid(
            URL + " (environment variable DATASOURCES_DEFAULT_URL)",
            () -> settings.optional(URL).map(DatabaseUrl::parse));
    boolean ownDatabase = settings.optional(URL).isPresent();
    Optional<String> username = settings.optional(USERNAME);
    Optional<String> password = settings.secret(PASSWORD);
    if (!ownDatabase && (username.isPresent() || password.isPresent())) {
      settings.mistake(
          "Set "
              + URL
              + " as well: the embedded database, which there is without it, has a user name and a"
              + " password of its own.");
    }
    // Where the schema is migrated, the other two are read.
    var _ = settings.flag(MIGRATES);
    Optional<String> migratesAs = settings.optional(MIGRATES_AS);
    Optional<String> migrationPassword = settings.secret(MIGRATION_PASSWORD);
    if (!ownDatabase && migratesAs.isPresent()) {
      settings.mistake(
          "Set " + URL + " as well: the embedded database has one role, which also migrates it.");
    }
    if (migratesAs.isEmpty() && migrationPassword.isPresent()) {
      settings.mistake("Set " + MIGRATES_AS + " as well: there is a password for it.");
    }
    var masterKeys =
        settings.valid(
            MASTER_KEY + " (environment variable LATCHKEY_MASTER_KEY)",
            () -> {
              Optional<String> text = settings.secret(MASTER_KEY);
              if (ownDatabase && text.isEmpty()) {
                throw new IllegalArgumentException(
                    "it is missing; a database is configured, so set it to a secret of your own,"
                        + " the same for all nodes, made with: openssl rand -base64 32");
              }
              return text.map(MasterKeys::parse);
            });
    return settings.together(
        () ->
            new StorageSettings(
                dataDirectory.get(),
                database.get(),
                password,
                migrationPassword,
                masterKeys.get()));
  }

  /** Of the embedded database and of what is generated for it. */
  public Path dataDirectory() {
    return dataDirectory;
  }

  /** The operator's own, if there is one; then there is no embedded one. */
  public Optional<DatabaseUrl> database() {
    return database;
  }

  /** If there are none, they are generated beside the embedded database. */
  public Optional<MasterKeys> masterKeys() {
    return masterKeys;
  }

  /** How the framework connects to the operator's own database; empty if there is none. */
  public Map<String, Object> revealDatabaseSettings() {
    var revealed = new HashMap<String, Object>();
    database.ifPresent(
        url -> {
          password.ifPresent(secret -> revealed.put(PASSWORD, secret));
          migrationPassword.ifPresent(secret -> revealed.put(MIGRATION_PASSWORD, secret));
          revealed.putAll(url.revealSettings());
        });
    return revealed;
  }

  @Override
  public String toString() {
    return "StorageSettings[redacted]";
  }
}
