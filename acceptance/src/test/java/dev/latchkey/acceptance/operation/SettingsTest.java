package dev.latchkey.acceptance.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.acceptance.postgres.TestDatabase;
import dev.latchkey.acceptance.postgres.TestSchema;
import dev.latchkey.adapters.security.password.Argon2Parameters;
import dev.latchkey.adapters.security.password.HashingLimits;
import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.adapters.web.issuer.AuthorizationServer;
import dev.latchkey.adapters.web.request.TrustedProxies;
import dev.latchkey.application.port.out.mail.Mailer;
import dev.latchkey.bootstrap.settings.LatchkeySettings;
import dev.latchkey.bootstrap.settings.SessionSettings;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.key.SigningKeyPolicy;
import dev.latchkey.domain.session.SessionLimit;
import dev.latchkey.domain.session.SessionPolicy;
import dev.latchkey.domain.token.Leeway;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings as the README lists them. */
final class SettingsTest {

  @Test
  void haveTheDefaultsThatAreDocumented() {
    try (ApplicationContext context = with(Map.of())) {
      assertThat(context.getRequiredProperty("micronaut.server.port", int.class)).isEqualTo(8080);
      assertThat(context.getRequiredProperty("micronaut.server.host", String.class))
          .isEqualTo("localhost");
      assertThat(context.getRequiredProperty("latchkey.data-dir", String.class))
          .isEqualTo(".latchkey");
      LatchkeySettings settings = context.getBean(LatchkeySettings.class);
      assertThat(settings.tokens().self())
          .isEqualTo(new AuthorizationServer("http://localhost:8080", "latchkey"));
      assertThat(settings.tokens().lifetime()).isEqualTo(Duration.ofMinutes(5));
      assertThat(settings.tokens().leeway()).isEqualTo(new Leeway(Duration.ZERO));
      assertThat(settings.tokens().signingKeys())
          .isEqualTo(
              new SigningKeyPolicy(
                  SigningAlgorithm.ES256,
                  Duration.ofDays(30),
                  Duration.ofMinutes(5),
                  Duration.ofMinutes(5)));
      assertThat(settings.sessions())
          .isEqualTo(
              new SessionSettings(
                  new SessionPolicy(
                      Duration.ofDays(7),
                      Duration.ofDays(30),
                      Duration.ofSeconds(60),
                      Duration.ofHours(24)),
                  new SessionLimit(0),
                  Duration.ofDays(30),
                  false));
      assertThat(settings.passwords().argon2()).isEqualTo(new Argon2Parameters(19456, 2, 1));
      assertThat(settings.passwords().hashing())
          .isEqualTo(
              new HashingLimits(
                  Runtime.getRuntime().availableProcessors(), 256, Duration.ofSeconds(5)));
      assertThat(settings.mail().on()).isFalse();
      assertThat(settings.mail().notices()).hasSize(6);
      assertThat(context.findBean(Mailer.class)).isEmpty();
    }
  }

  @Test
  void areAlsoEnvironmentVariables() throws SQLException {
    try (TestSchema schema =
        TestSchema.create("settings")) { // in which a key of another algorithm is added
      readFromTheEnvironment(schema);
    }
  }

  private static void readFromTheEnvironment(TestSchema schema) {
    Map<String, Object> environment =
        Map.ofEntries(
            Map.entry("DATASOURCES_DEFAULT_URL", schema.url()),
            Map.entry("MICRONAUT_SERVER_PORT", "9090"),
            Map.entry("LATCHKEY_DATA_DIR", "elsewhere"),
            Map.entry("LATCHKEY_AUDIENCE", "orders"),
            Map.entry("LATCHKEY_ACCESS_TOKEN_LIFETIME", "1m"),
            Map.entry("LATCHKEY_CLIENTS", "phone, orders sha256:" + "0".repeat(64) + " introspect"),
            Map.entry("LATCHKEY_ACCESS_TOKEN_LEEWAY", "5s"),
            Map.entry("LATCHKEY_SESSION_IDLE", "1d"),
            Map.entry("LATCHKEY_SESSION_ABSOLUTE", "2d"),
            Map.entry("LATCHKEY_SESSION_MAX_PER_USER", "1"),
            Map.entry("LATCHKEY_SESSION_RETENTION", "9d"),
            Map.entry("LATCHKEY_REFRESH_RETRY_WINDOW", "45s"),
            Map.entry("LATCHKEY_REFRESH_KEYED_RETRY_WINDOW", "1h"),
            Map.entry("LATCHKEY_REFRESH_ONLY_AFTER_EXPIRY", "true"),
            Map.entry("LATCHKEY_SIGNING_KEYS_ALGORITHM", "EdDSA"),
            Map.entry("LATCHKEY_SIGNING_KEYS_ROTATION_INTERVAL", "1d"),
            Map.entry("LATCHKEY_SIGNING_KEYS_JWKS_MAX_AGE", "1m"),
            Map.entry("LATCHKEY_HTTP_HEAD_TIMEOUT", "1s"),
            Map.entry("LATCHKEY_HTTP_MAX_CONNECTIONS", "99"),
            Map.entry("LATCHKEY_PASSWORD_CONTEXT_WORDS", "acme, rockets"),
            Map.entry("LATCHKEY_HTTP_TRUSTED_PROXIES", "2"),
            Map.entry("LATCHKEY_HTTP_ALLOWED_ORIGINS", "https://app.example.org"),
            Map.entry("LATCHKEY_MAIL_FROM", "Latchkey <no-reply@example.net>"),
            Map.entry("LATCHKEY_MAIL_DIRECTORY", "not-used"),
            Map.entry("LATCHKEY_MAIL_SMTP_HOST", "smtp.example.net"),
            Map.entry("LATCHKEY_MAIL_SMTP_PORT", "465"),
            Map.entry("LATCHKEY_MAIL_SMTP_USERNAME", "latchkey"),
            Map.entry("LATCHKEY_MAIL_SMTP_PASSWORD", "secret"),
            Map.entry("LATCHKEY_MAIL_SMTP_TLS", "implicit"),
            Map.entry("LATCHKEY_MANAGEMENT_PORT", "9091"),
            Map.entry("LATCHKEY_MANAGEMENT_HOST", "127.0.0.1"),
            Map.entry("LATCHKEY_PASSWORD_HASHING_QUEUE", "3"));
    try (ApplicationContext context = with(environment)) {
      assertThat(context.getRequiredProperty("latchkey.data-dir", String.class))
          .isEqualTo("elsewhere");
      LatchkeySettings settings = context.getBean(LatchkeySettings.class);
      assertThat(settings.tokens().self())
          .isEqualTo(new AuthorizationServer("http://localhost:9090", "orders"));
      assertThat(settings.tokens().clients().find(ClientId.of("phone"))).isPresent();
      assertThat(settings.tokens().clients().find(ClientId.of("orders"))).isPresent();
      assertThat(settings.tokens().lifetime()).isEqualTo(Duration.ofMinutes(1));
      assertThat(settings.tokens().leeway()).isEqualTo(new Leeway(Duration.ofSeconds(5)));
      assertThat(settings.tokens().signingKeys())
          .isEqualTo(
              new SigningKeyPolicy(
                  SigningAlgorithm.EDDSA,
                  Duration.ofDays(1),
                  Duration.ofMinutes(1),
                  Duration.ofMinutes(1)));
      assertThat(settings.sessions())
          .isEqualTo(
              new SessionSettings(
                  new SessionPolicy(
                      Duration.ofDays(1),
                      Duration.ofDays(2),
                      Duration.ofSeconds(45),
                      Duration.ofHours(1)),
                  new SessionLimit(1),
                  Duration.ofDays(9),
                  true));
      assertThat(settings.http().connections().head()).isEqualTo(Duration.ofSeconds(1));
      assertThat(settings.http().connections().connections()).isEqualTo(99);
      assertThat(settings.http().trustedProxies()).isEqualTo(new TrustedProxies(2));
      assertThat(settings.http().allowedOrigins().others())
          .containsExactly("https://app.example.org");
      assertThat(settings.http().management().address()).contains("http://127.0.0.1:9091");
      assertThat(settings.passwords().hashing().queue()).isEqualTo(3);
      assertThat(context.getBean(Mailer.class)).hasToString("SmtpMailer[smtp.example.net:465]");
    }
  }

  @Test
  void turnMailIntoFilesIfThereIsADirectoryButNoServer(@TempDir Path directory) {
    try (ApplicationContext context =
        with(
            Map.of(
                "LATCHKEY_MAIL_DIRECTORY", directory.toString(), "LATCHKEY_MAIL_SMTP_HOST", ""))) {
      assertThat(context.getBean(Mailer.class)).hasToString("MailFiles[" + directory + "]");
    }
  }

  @Test
  void reachTheDriverOfTheDatabase() throws SQLException {
    try (ApplicationContext context = with(Map.of());
        Connection connection =
            DelegatingDataSource.unwrapDataSource(context.getBean(DataSource.class))
                .getConnection();
        ResultSet name = connection.createStatement().executeQuery("SHOW application_name")) {
      assertThat(connection.getNetworkTimeout()).isEqualTo(8_000);
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
      assertThat(name.next()).isTrue();
      assertThat(name.getString(1)).isEqualTo("latchkey");
    }
  }

  /** An index on a large table takes longer than any request may. */
  @Test
  void giveMigrationsAllTheTimeTheyNeed() throws SQLException {
    try (TestSchema schema = TestSchema.create("migrations");
        ApplicationContext context =
            with(
                Map.of(
                    "DATASOURCES_DEFAULT_URL",
                    schema.url(),
                    "FLYWAY_LOCATIONS",
                    "classpath:db/migration,classpath:db/without-time-limit"));
        Connection connection = TestDatabase.connect();
        ResultSet executed =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT success FROM migrations.flyway_schema_history WHERE version = '999'")) {
      assertThat(context.isRunning()).isTrue();
      assertThat(executed.next()).isTrue();
      assertThat(executed.getBoolean(1)).isTrue();
    }
  }

  private static ApplicationContext with(Map<String, Object> environment) {
    var all = new HashMap<String, Object>(ServiceProcess.environment(TestDatabase.settings()));
    all.put("LATCHKEY_MASTER_KEY", Node.masterKey());
    all.putAll(environment);
    return ApplicationContext.builder()
        .deduceEnvironment(false)
        .environmentPropertySource(false)
        .propertySources(
            PropertySource.of(
                "environment",
                all,
                PropertyConvention.ENVIRONMENT_VARIABLE,
                PropertySource.Origin.of("environment")))
        .start();
  }
}
