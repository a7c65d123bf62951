package dev.latchkey.acceptance.operation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.latchkey.acceptance.postgres.TestDatabase;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.HttpTest;
import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.adapters.web.http.TestClients;
import dev.latchkey.adapters.web.http.Tokens;
import java.net.URLEncoder;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whoever reads the database or the log finds nothing there to log in with. */
class SecretsAtRestTest extends HttpTest {

  private static final String IDEMPOTENCY_KEY = "a-key-of-the-client-8e03978e-40d5";

  @Test
  void noSecretStandsInTheDatabase() throws SQLException {
    String name = Client.someone();
    List<String> secrets = liveWithSecrets(name);

    String rows = String.join("\n", rows());

    assertThat(rows).contains(name);
    assertThat(secrets).allSatisfy(secret -> assertThat(rows).doesNotContainIgnoringCase(secret));
  }

  @Test
  void noPrivateKeyStandsInTheDatabase()
      throws SQLException, JOSEException, NoSuchAlgorithmException {
    liveWithSecrets(Client.someone());
    byte[] privateKey = new ECKeyGenerator(Curve.P_256).generate().toECPrivateKey().getEncoded();
    assertThat(isPrivateKey(privateKey)).isTrue();

    List<byte[]> binaries = binaries();

    assertThat(binaries).anyMatch(bytes -> bytes.length > privateKey.length);
    for (byte[] bytes : binaries) {
      // Whatever stands before it.
      for (int start = 0; start < bytes.length; start++) {
        assertThat(isPrivateKey(Arrays.copyOfRange(bytes, start, bytes.length))).isFalse();
      }
    }
  }

  @Test
  void noSecretStandsInTheLog() throws SQLException {
    var log = new ListAppender<ILoggingEvent>();
    List<String> secrets = new ArrayList<>();
    try (var _ = new EverythingLogged(log)) {
      LoggerFactory.getLogger("dev.latchkey.log").trace("the log is read");
      String name = Client.someone();
      secrets.addAll(liveWithSecrets(name));
      secrets.addAll(liveAsClientWithSecrets());
      secrets.addAll(secretsOf(name));
    }

    List<String> lines = log.list.stream().map(SecretsAtRestTest::text).toList();

    assertThat(lines).anyMatch(line -> line.contains("the log is read"));
    assertThat(secrets)
        .allSatisfy(secret -> assertThat(lines).noneMatch(line -> line.contains(secret)));
  }

  @Test
  void frameworksWriteNothingBelowInfoWhateverLevelIsSet() {
    var log = new ListAppender<ILoggingEvent>();
    try (var _ = new EverythingLogged(log)) {
      client.login(Client.someone(), Client.PASSWORD).hasStatus(401);
      LoggerFactory.getLogger("io.micronaut.http.server").debug("not to be written");
      LoggerFactory.getLogger("dev.latchkeys").debug("not to be written");
      LoggerFactory.getLogger("io.micronaut.http.server").info("to be written");
    }

    assertThat(log.list)
        .anyMatch(event -> event.getMessage().equals("to be written"))
        .allMatch(
            event ->
                event.getLevel().isGreaterOrEqual(Level.INFO)
                    || event.getLoggerName().startsWith("dev.latchkey."));
  }

  /**
   * Sets every logger to TRACE, those of names that have levels of their own included, until it is
   * closed.
   */
  private static final class EverythingLogged implements AutoCloseable {

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Map<Logger, Optional<Level>> levels = new HashMap<>();
    private final ListAppender<ILoggingEvent> log;

    EverythingLogged(ListAppender<ILoggingEvent> log) {
      this.log = log;
      log.setContext(context);
      log.start();
      root.addAppender(log);
      for (Logger logger : context.getLoggerList()) {
        levels.put(logger, Optional.ofNullable(logger.getLevel()));
        logger.setLevel(Level.TRACE);
      }
    }

    @Override
    public void close() {
      levels.forEach((logger, level) -> logger.setLevel(level.orElse(null)));
      root.detachAppender(log);
    }
  }

  /**
   * Uses every kind of secret, rightly and wrongly, and returns all forms in which they could have
   * been kept.
   */
  private List<String> liveWithSecrets(String name) {
    Tokens registered = Tokens.of(client.register(name).hasStatus(201).json().at("/tokens"));
    Tokens loggedIn = Tokens.of(client.login(name, Client.PASSWORD).hasStatus(200).json());
    String wrongPassword = Client.PASSWORD + " of somebody else";
    client.login(name, wrongPassword).isProblem(401, "invalid_credentials");
    client.me(registered.access()).hasStatus(200);
    Map<String, String> exchange =
        Map.of("refreshToken", loggedIn.refresh(), "accessToken", loggedIn.access());
    Tokens exchanged =
        Tokens.of(
            client
                .post("/api/auth/refresh", exchange, "Idempotency-Key", IDEMPOTENCY_KEY)
                .hasStatus(200)
                .json());
    Tokens retried =
        Tokens.of(
            client
                .post("/api/auth/refresh", exchange, "Idempotency-Key", IDEMPOTENCY_KEY)
                .hasStatus(200)
                .json());
    Tokens again = Tokens.of(client.refresh(retried.refresh()).hasStatus(200).json());
    client.refresh(loggedIn.refresh()).isProblem(401, "refresh_token_reused");
    client.refresh(again.refresh()).isProblem(401, "session_revoked");
    client
        .postText("/api/auth/refresh", "{\"refreshToken\":\"" + registered.refresh())
        .isProblem(400, "malformed_json");
    client
        .postText("/api/auth/login", "{\"password\":[\"" + Client.PASSWORD + "\"]}")
        .isProblem(400, "validation_failed");
    client.revoke(registered.refresh()).hasStatus(204);

    return Stream.concat(
            Stream.of(Client.PASSWORD, wrongPassword, IDEMPOTENCY_KEY, Node.masterKey())
                .flatMap(SecretsAtRestTest::spellings),
            Stream.of(registered, loggedIn, exchanged, retried, again)
                .flatMap(SecretsAtRestTest::forms))
        .toList();
  }

  /** What a confidential client shows: its secret, in the header and, wrongly, in the form. */
  private List<String> liveAsClientWithSecrets() {
    String basic = basic("orders", TestClients.SECRET);
    String wrong = basic("orders", TestClients.SECRET + " of another");
    Tokens tokens = client.newcomer();
    client
        .form("/oauth2/introspect", List.of("token", tokens.access()), "Authorization", basic)
        .hasStatus(200);
    client
        .form("/oauth2/introspect", List.of("token", tokens.refresh()), "Authorization", wrong)
        .hasStatus(401);
    List<String> inForm =
        List.of(
            "token", tokens.refresh(), "client_id", "orders", "client_secret", TestClients.SECRET);
    client.form("/oauth2/introspect", inForm).hasStatus(401);
    client
        .form("/oauth2/revoke", List.of("token", tokens.refresh(), "client_id", "latchkey"))
        .hasStatus(200);
    return Stream.concat(
            Stream.of(
                TestClients.SECRET,
                URLEncoder.encode(TestClients.SECRET, UTF_8),
                basic.substring(6),
                wrong.substring(6)),
            forms(tokens))
        .toList();
  }

  /** RFC 6749 §2.3.1: encoded as in a form first. */
  private static String basic(String id, String secret) {
    String credentials = id + ":" + URLEncoder.encode(secret, UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
  }

  /**
   * What the database keeps of the secrets: the hash of the password, whole and its parts, and the
   * salts of sessions.
   */
  private static List<String> secretsOf(String name) throws SQLException {
    String user =
        " FROM users u LEFT JOIN sessions s ON s.user_id = u.id WHERE u.username = '" + name + "'";
    List<String> hashes = query("SELECT DISTINCT u.password_hash" + user, row -> row.getString(1));
    List<byte[]> salts = query("SELECT s.salt" + user, row -> row.getBytes(1));
    assertThat(hashes).hasSize(1);
    assertThat(salts).hasSize(2);
    String[] parts = hashes.getFirst().split("\\$", -1);
    return Stream.concat(
            Stream.of(hashes.getFirst(), parts[parts.length - 1], parts[parts.length - 2]),
            salts.stream().flatMap(SecretsAtRestTest::spellings))
        .toList();
  }

  private static Stream<String> forms(Tokens tokens) {
    String body = tokens.refresh().substring("lkr_".length());
    byte[] bytes = Base64.getUrlDecoder().decode(body);
    byte[] tag = Arrays.copyOfRange(bytes, bytes.length - 32, bytes.length);
    String signature = tokens.access().substring(tokens.access().lastIndexOf('.') + 1);
    return Stream.of(
            spellings(tokens.refresh()),
            Stream.of(body, tokens.access(), signature),
            spellings(bytes),
            spellings(tag),
            spellings(Base64.getUrlDecoder().decode(signature)))
        .flatMap(spellings -> spellings);
  }

  private static Stream<String> spellings(String text) {
    return Stream.concat(Stream.of(text), spellings(text.getBytes(UTF_8)));
  }

  private static Stream<String> spellings(byte[] bytes) {
    return Stream.of(
        HexFormat.of().formatHex(bytes),
        Base64.getEncoder().withoutPadding().encodeToString(bytes),
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private static boolean isPrivateKey(byte[] bytes) throws NoSuchAlgorithmException {
    try {
      var _ = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes));
      return true;
    } catch (InvalidKeySpecException _) {
      return false;
    }
  }

  private static String text(ILoggingEvent event) {
    return event.getLoggerName()
        + " "
        + event.getFormattedMessage()
        + " "
        + event.getMDCPropertyMap()
        + " "
        + (event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy()));
  }

  /** Every row of every table, as text; binary values in hexadecimal. */
  private static List<String> rows() throws SQLException {
    List<String> rows = new ArrayList<>();
    for (String table :
        query(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
            row -> row.getString(1))) {
      rows.addAll(query("SELECT t::text FROM public.\"" + table + "\" t", row -> row.getString(1)));
    }
    return rows;
  }

  /** Every binary value of every table. */
  private static List<byte[]> binaries() throws SQLException {
    List<byte[]> binaries = new ArrayList<>();
    List<String> queries =
        query(
            "SELECT format('SELECT %I FROM public.%I WHERE %I IS NOT NULL', column_name,"
                + " table_name, column_name) FROM information_schema.columns WHERE table_schema ="
                + " 'public' AND data_type = 'bytea'",
            row -> row.getString(1));
    for (String sql : queries) {
      binaries.addAll(query(sql, row -> row.getBytes(1)));
    }
    return binaries;
  }

  private static <T> List<T> query(String sql, Reader<T> reader) throws SQLException {
    List<T> values = new ArrayList<>();
    try (var connection = TestDatabase.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(reader.read(rows));
      }
    }
    return values;
  }

  @FunctionalInterface
  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }
}
