package dev.latchkey.bootstrap.settings;

import dev.latchkey.adapters.persistence.schema.OutdatedSchemaException;
import dev.latchkey.application.port.WrongMasterKeyException;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.embeddedpostgres.DataDirectoryException;
import dev.latchkey.embeddedpostgres.EmbeddedPostgresException;
import dev.latchkey.embeddedpostgres.UnsupportedMachineException;
import java.net.BindException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Finds, in a chain of causes, the one sentence that helps the operator. */
public final class StartupFailure {

  private static final String MESSAGE = "Message: ";
  private static final Pattern USER_INFO = Pattern.compile("//\\S*@");
  private static final Pattern PARAMETERS = Pattern.compile("((?:jdbc:|\\w://)[^\\s?]*)\\?\\S*");

  /** PostgreSQL's lock_not_available; beside migrations nothing of a start waits for locks. */
  private static final String LOCK_TIMED_OUT = "55P03";

  private static final Pattern TLS = Pattern.compile("\\bSSL\\b|\\bssl|hostname");

  private StartupFailure() {}

  /**
   * The sentence, without the credentials that a URL in it may have before its host or among its
   * parameters.
   */
  public static String explain(Throwable failure) {
    String sentence =
        causes(failure)
            .flatMap(StartupFailure::sentenceFor)
            .findFirst()
            .orElseGet(
                () -> oneLine(causes(failure).reduce((_, deeper) -> deeper).orElse(failure)));
    return PARAMETERS.matcher(USER_INFO.matcher(sentence).replaceAll("//")).replaceAll("$1");
  }

  /** The framework explains on many lines; the innermost message matters, say an invalid value. */
  private static String oneLine(Throwable failure) {
    String text = failure.toString();
    return text.lines()
        .filter(line -> line.startsWith(MESSAGE))
        .reduce((_, later) -> later)
        .map(line -> line.substring(MESSAGE.length()))
        .orElseGet(() -> text.lines().findFirst().orElse(text));
  }

  private static Stream<String> sentenceFor(Throwable cause) {
    return switch (cause) {
      case StartupException e -> Stream.of(String.valueOf(e.getMessage()));
      case WrongMasterKeyException e -> Stream.of(wrongMasterKey(e.number(), e.sealedUnder()));
      case OutdatedSchemaException e ->
          Stream.of(
              "the schema of the database is at version %s, and this version needs %s: run the command migrate, or set LATCHKEY_MIGRATION_ENABLED=true."
                  .formatted(e.found(), e.needed()));
      case DataDirectoryException e ->
          Stream.of(e.getMessage() + " Or set LATCHKEY_DATA_DIR to another folder.");
      case UnsupportedMachineException e ->
          Stream.of(
              e.getMessage() + " Or set DATASOURCES_DEFAULT_URL to a PostgreSQL of your own.");
      case EmbeddedPostgresException e -> Stream.of(String.valueOf(e.getMessage()));
      case BindException _ ->
          Stream.of(
              "the port is in use; stop what uses it, or set MICRONAUT_SERVER_PORT to another"
                  + " one.");
      case SQLException e when LOCK_TIMED_OUT.equals(e.getSQLState()) ->
          Stream.of(
              "a migration of the database has waited too long for a table that is in use, and was"
                  + " undone; end the transaction that keeps it (pg_stat_activity shows which), and"
                  + " start again.");
      case SQLException e when isAboutTls(e) ->
          Stream.of(
              "the database cannot be trusted, TLS failed ("
                  + e.getMessage()
                  + "); check sslmode and sslrootcert in DATASOURCES_DEFAULT_URL, and the"
                  + " certificate of the server.");
      case SQLException e ->
          Stream.of(
              "the database cannot be used ("
                  + e.getMessage()
                  + "); check DATASOURCES_DEFAULT_URL, _USERNAME and _PASSWORD.");
      default -> Stream.empty();
    };
  }

  /** The driver has no other way to say so than its words and its causes. */
  private static boolean isAboutTls(SQLException failure) {
    return causes(failure)
        .anyMatch(
            cause ->
                cause instanceof SSLException
                    || cause instanceof GeneralSecurityException
                    || TLS.matcher(String.valueOf(cause.getMessage())).find());
  }

  /**
   * @param number of the signing key that does not open
   */
  public static String wrongMasterKey(int number, MasterKeyId sealedUnder) {
    return "latchkey.master-key does not open signing key "
        + number
        + " of the database, which was sealed under master key "
        + sealedUnder
        + ": set the master keys that belong to this database.";
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
  }
}
