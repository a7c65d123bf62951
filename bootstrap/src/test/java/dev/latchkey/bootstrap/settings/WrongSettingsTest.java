package dev.latchkey.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mistake is one sentence with the name of the setting, and all are said at once. */
final class WrongSettingsTest {

  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  @ParameterizedTest
  @CsvSource({
    "latchkey.session.idle, soon, '\"soon\" is not a duration such as 30s, 5m, 12h or 7d'",
    "latchkey.session.idle, 7, '\"7\" is not a duration such as 30s, 5m, 12h or 7d'",
    "latchkey.session.idle, '', 'it needs a value, a duration such as 30s, 5m, 12h or 7d'",
    "latchkey.session.idle, '${nowhere}', 'it refers to something that is not set'",
    "latchkey.session.retention, -1s, it must not be negative",
    "latchkey.session.max-per-user, many, '\"many\" is not a whole number'",
    "latchkey.session.max-per-user, 1.5, '\"1.5\" is not a whole number'",
    "latchkey.session.max-per-user, 99999999999, '\"99999999999\" is not a whole number'",
    "latchkey.refresh.only-after-expiry, yes, '\"yes\" is not true or false'",
    "latchkey.email-verification.required, 1, '\"1\" is not true or false'",
    "latchkey.access-token.lifetime, 0s, it must be longer than nothing",
    "latchkey.clean-up.interval, 0s, it must be longer than nothing",
    "latchkey.mail.check-interval, -1s, it must be longer than nothing",
    "latchkey.signing-keys.check-interval, often, '\"often\" is not a duration such as 30s, 5m, 12h"
        + " or 7d'",
    "latchkey.signing-keys.algorithm, HS256, 'it must be ES256, RS256 or EdDSA'",
    "latchkey.data-dir, '', 'it needs a value, a folder''s path'",
    "latchkey.password.context-words, 'acme, hr', '\"hr\" has fewer than 3 characters'",
    "latchkey.log.format, JSON, it must be text or json",
    "latchkey.log.level, off, 'it must be warn, info or debug'",
    "micronaut.server.port, 65536, it must be from 0 to 65535",
    "micronaut.server.port, eighty, '\"eighty\" is not a whole number'"
  })
  void areSaidInOneSentence(String setting, String value, String reason) {
    assertThat(SettingsOf.mistakesIn(Map.of(setting, value)))
        .containsExactly("Change " + setting + ": " + reason + ".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:4318",
        "//localhost:4318",
        "grpc://localhost:4317",
        "http://",
        "http://name:secret@localhost:4318",
        "http://localhost:4318?token=secret",
        "http://localhost:4318#traces",
        "no address, but a secret"
      })
  void areAddressesThatNoCollectorCanHaveAndWhichMayContainSecrets(String endpoint) {
    assertThat(SettingsOf.mistakesIn(Map.of("latchkey.tracing.endpoint", endpoint)))
        .containsExactly(
            "Change latchkey.tracing.endpoint: it must be the address of a collector, such as"
                + " http://localhost:4318.");
  }

  @ParameterizedTest
  @CsvSource({
    "latchkey.issuer, ftp://example.org, latchkey.issuer",
    "latchkey.clients, phone and what not, latchkey.clients",
    "latchkey.access-token.leeway, 2m, latchkey.access-token.leeway",
    "latchkey.limits.failures-to-close, 101, latchkey.limits",
    "latchkey.session.absolute, 1h, latchkey.session",
    "latchkey.refresh.retry-window, 10s, latchkey.session.* or latchkey.refresh",
    "latchkey.http.head-timeout, 0s, latchkey.http",
    "latchkey.http.body-timeout, -1s, latchkey.http",
    "latchkey.http.max-connections, 0, latchkey.http",
    "latchkey.requests.concurrency, 0, latchkey.requests",
    "latchkey.requests.max-wait, -1s, latchkey.requests",
    "latchkey.stop.grace, -1s, latchkey.stop",
    "latchkey.stop.drain, -1s, latchkey.stop",
    "latchkey.tls.certificate, tls.crt, latchkey.tls.certificate and latchkey.tls.key: each needs",
    "latchkey.tls.key, tls.key, latchkey.tls.certificate and latchkey.tls.key: each needs",
    "latchkey.tls.check-interval, 0s, latchkey.tls.check-interval",
    "latchkey.ended-sessions.check-interval, 0s, latchkey.ended-sessions.check-interval",
    "latchkey.http.trusted-proxies, -1, latchkey.http.trusted-proxies",
    "latchkey.http.trusted-proxies, 11, latchkey.http.trusted-proxies",
    "latchkey.http.allowed-origins, *, latchkey.http.allowed-origins",
    "latchkey.http.allowed-origins, app.example.org, latchkey.http.allowed-origins",
    "latchkey.http.allowed-origins, http://app.example.org, latchkey.http.allowed-origins",
    "latchkey.http.allowed-origins, https://a.example/, latchkey.http.allowed-origins",
    "latchkey.management.port, management, latchkey.management.port",
    "latchkey.management.port, 65536, latchkey.management.port",
    "latchkey.management.port, 0, latchkey.management.port",
    "latchkey.management.port, 8080, latchkey.management.port",
    "latchkey.signing-keys.rotation-interval, 10m, latchkey.signing-keys",
    "latchkey.signing-keys.rotation-interval, 4000d, latchkey.signing-keys",
    "latchkey.signing-keys.jwks-max-age, 0s, latchkey.signing-keys",
    "latchkey.signing-keys.jwks-max-age, 48h, latchkey.signing-keys",
    "latchkey.password-hashing.queue, -1, latchkey.password-hashing",
    "latchkey.password-hashing.memory, 1, latchkey.password-hashing"
  })
  void areThoseThatTheServiceCannotBeBuiltFrom(String setting, String value, String named) {
    assertThat(SettingsOf.mistakesIn(Map.of(setting, value)))
        .singleElement()
        .asString()
        .startsWith("Change " + named)
        .matches("[^\\n]+[^.]\\.");
  }

  @Test
  void areAnIssuerWithoutTlsOfAServiceThatHasItAndFilesThatAreNotThere() {
    assertThat(
            SettingsOf.mistakesIn(
                Map.of(
                    "latchkey.issuer", "http://localhost:8080",
                    "latchkey.tls.certificate", "none.crt",
                    "latchkey.tls.key", "none.key")))
        .containsExactly(
            "Change latchkey.tls.certificate and latchkey.tls.key: there is no file none.crt.",
            "Change latchkey.issuer: with latchkey.tls it must be an https address.");
  }

  @Test
  void areSaidAllAtOnce() {
    assertThat(
            SettingsOf.mistakesIn(
                Map.of(
                    "latchkey.session.idle", "soon",
                    "latchkey.session.absolute", "late",
                    "latchkey.signing-keys.algorithm", "none",
                    "latchkey.http.max-connections", "many",
                    "latchkey.pages.texts", "/nowhere/texts.json",
                    "latchkey.sesion.idle", "7d",
                    "datasources.default.url", "postgres://localhost/latchkey")))
        .hasSize(8)
        .anyMatch(sentence -> sentence.startsWith("Change latchkey.session.idle"))
        .anyMatch(sentence -> sentence.startsWith("Change latchkey.session.absolute"))
        .anyMatch(sentence -> sentence.startsWith("Change latchkey.signing-keys.algorithm"))
        .anyMatch(sentence -> sentence.startsWith("Change latchkey.http.max-connections"))
        .anyMatch(sentence -> sentence.startsWith("Change latchkey.pages.texts"))
        .anyMatch(sentence -> sentence.startsWith("Change latchkey.master-key"))
        .anyMatch(sentence -> sentence.startsWith("There is no setting latchkey.sesion.idle;"))
        .anyMatch(sentence -> sentence.startsWith("Change datasources.default.url"))
        .allMatch(sentence -> sentence.matches("[^\\n]+\\."));
  }

  @ParameterizedTest
  @CsvSource({
    "latchkey.sesion.idle, latchkey.session.idle",
    "latchkey.session.idel, latchkey.session.idle",
    "latchkey.sessions.max-per-user, latchkey.session.max-per-user",
    "latchkey.client, latchkey.clients"
  })
  void areNamesThatThereAreNot(String unknown, String nearest) {
    assertThat(SettingsOf.mistakesIn(Map.of(unknown, "x")))
        .containsExactly("There is no setting %s; the nearest is %s.".formatted(unknown, nearest));
  }

  @Test
  void areVariablesThatThereAreNot() {
    assertThat(
            SettingsOf.mistakesInVariables(
                Map.of("LATCHKEY_SESION_IDLE", "7d", "LATCHKEY_SESSION_MAX_PER_USER", "3")))
        .containsExactly(
            "There is no setting LATCHKEY_SESION_IDLE; the nearest is LATCHKEY_SESSION_IDLE.");
  }

  /** Kubernetes sets these beside any service that is called "latchkey". */
  @Test
  void areNotWhatContainersGetBesideAServiceOfThisName() {
    assertThat(
            SettingsOf.mistakesInVariables(
                Map.of(
                    "LATCHKEY_SERVICE_HOST", "10.0.0.1",
                    "LATCHKEY_SERVICE_PORT", "8080",
                    "LATCHKEY_SERVICE_PORT_HTTP", "8080",
                    "LATCHKEY_PORT", "tcp://10.0.0.1:8080",
                    "LATCHKEY_PORT_8080_TCP", "tcp://10.0.0.1:8080",
                    "LATCHKEY_PORT_8080_TCP_ADDR", "10.0.0.1",
                    "LATCHKEY_DB_SERVICE_HOST", "10.0.0.2")))
        .isEmpty();
  }

  @Test
  void areCredentialsOfNoDatabase() {
    assertThat(SettingsOf.mistakesIn(Map.of("datasources.default.password", "s3cr3t")))
        .singleElement()
        .asString()
        .startsWith("Set datasources.default.url as well")
        .doesNotContain("s3cr3t");
  }

  @Test
  void areARoleThatMigratesTheEmbeddedDatabaseAndAPasswordOfNoRole() {
    assertThat(SettingsOf.mistakesIn(Map.of("latchkey.migration.username", "owner")))
        .singleElement()
        .asString()
        .startsWith("Set datasources.default.url as well");
    assertThat(
            SettingsOf.mistakesIn(
                Map.of(
                    "latchkey.migration.password", "s3cr3t",
                    "latchkey.master-key", KEY,
                    "datasources.default.url", "jdbc:postgresql://localhost/latchkey")))
        .singleElement()
        .asString()
        .startsWith("Set latchkey.migration.username as well")
        .doesNotContain("s3cr3t");
  }

  @Test
  void areAddressesToVerifyWithoutMail() {
    assertThat(
            SettingsOf.mistakesIn(
                Map.of(
                    "latchkey.email-verification.required", "true",
                    "latchkey.master-key", KEY,
                    "datasources.default.url", "jdbc:postgresql://localhost/latchkey")))
        .singleElement()
        .asString()
        .startsWith("Change latchkey.email-verification.required: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"latchkey.master-key", "latchkey.mail.smtp.password"})
  void areSecretsThatAreNotInTheirFile(String secret, @TempDir Path folder) throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
    Path large = Files.writeString(folder.resolve("large"), "s3cr3t".repeat(20_000));

    assertThat(SettingsOf.mistakesIn(Map.of(secret + "-file", folder.resolve("none").toString())))
        .containsExactly("Change " + secret + "-file: " + folder + "/none cannot be read.");
    assertThat(SettingsOf.mistakesIn(Map.of(secret + "-file", folder.toString())))
        .containsExactly("Change " + secret + "-file: " + folder + " cannot be read.");
    assertThat(SettingsOf.mistakesIn(Map.of(secret + "-file", empty.toString())))
        .containsExactly("Change " + secret + "-file: " + empty + " is empty.");
    assertThat(SettingsOf.mistakesIn(Map.of(secret + "-file", binary.toString())))
        .containsExactly("Change " + secret + "-file: " + binary + " is no text in UTF-8.");
    assertThat(SettingsOf.mistakesIn(Map.of(secret + "-file", large.toString())))
        .containsExactly("Change " + secret + "-file: " + large + " is too large for a secret.");
  }

  @Test
  void areSecretsThatAreSetTwice(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "another-" + KEY);

    assertThat(
            SettingsOf.mistakesIn(
                Map.of("latchkey.master-key", KEY, "latchkey.master-key-file", file.toString())))
        .containsExactly("Set latchkey.master-key or latchkey.master-key-file, not both.");
  }

  @Test
  void doNotRepeatAMasterKey(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "short-and-secret");

    assertThat(SettingsOf.mistakesIn(Map.of("latchkey.master-key-file", file.toString())))
        .singleElement()
        .asString()
        .startsWith("Change latchkey.master-key ")
        .doesNotContain("short-and-secret");
  }

  @Test
  void areFiltersOfLeakedPasswordsThatCannotBeRead(@TempDir Path folder) throws IOException {
    Path foreign = Files.writeString(folder.resolve("leaked.txt"), "password\n");

    for (Path file : List.of(folder.resolve("missing"), folder, foreign)) {
      assertThat(SettingsOf.mistakesIn(Map.of("latchkey.password.breach-filter", file.toString())))
          .singleElement()
          .asString()
          .startsWith("Change latchkey.password.breach-filter: ")
          .contains(file.toString())
          .matches("[^\\n]+\\.");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', smtp.example.org, 587, '', '', starttls, latchkey.mail.from",
    "Latchkey, smtp.example.org, 587, '', '', starttls, latchkey.mail.from",
    "a@example.org, smtp example org, 587, '', '', starttls, latchkey.mail.smtp.host",
    "a@example.org, smtp.example.org, 0, '', '', starttls, latchkey.mail.smtp.host or .port",
    "a@example.org, smtp.example.org, 587, me, '', starttls, latchkey.mail.smtp.username",
    "a@example.org, smtp.example.org, 587, '', s3cr3t, starttls, latchkey.mail.smtp.username",
    "a@example.org, smtp.example.org, 587, me, s3cr3t, optional, latchkey.mail.smtp.tls",
    "a@example.org, smtp.example.org, 587, me, s3cr3t, '', latchkey.mail.smtp.tls"
  })
  void areThoseThatNoMailCanBeSentBy(
      String from,
      String host,
      String port,
      String username,
      String password,
      String tls,
      String setting) {
    assertThat(
            SettingsOf.mistakesIn(
                Map.of(
                    "latchkey.mail.from", from,
                    "latchkey.mail.smtp.host", host,
                    "latchkey.mail.smtp.port", port,
                    "latchkey.mail.smtp.username", username,
                    "latchkey.mail.smtp.password", password,
                    "latchkey.mail.smtp.tls", tls)))
        .singleElement()
        .asString()
        .startsWith("Change " + setting)
        .doesNotContain("s3cr3t")
        .matches("[^\\n]+\\.");
  }

  @Test
  void areTemplatesThatCannotBeUsed(@TempDir Path templates) throws IOException {
    Path file = Files.writeString(templates.resolve("new-device.txt"), "Subject: A\n\n{code}\n");

    assertThat(SettingsOf.mistakesIn(Map.of("latchkey.mail.templates", templates.toString())))
        .singleElement()
        .asString()
        .startsWith("Change latchkey.mail.templates: in " + file + ", {code} stands for nothing")
        .matches("[^\\n]+\\.");
  }

  @Test
  void areTextsOfPagesThatCannotBeUsed(@TempDir Path folder) throws IOException {
    Path unknown = Files.writeString(folder.resolve("unknown.json"), "{\"sing-in\": \"A\"}");
    Path malformed = Files.writeString(folder.resolve("malformed.json"), "{\"brand\": \"A\"");

    for (Path file : List.of(folder.resolve("missing.json"), folder, unknown, malformed)) {
      assertThat(SettingsOf.mistakesIn(Map.of("latchkey.pages.texts", file.toString())))
          .singleElement()
          .asString()
          .startsWith("Change latchkey.pages.texts: ")
          .contains(file.toString())
          .matches("[^\\n]+\\.");
    }
  }
}
