package dev.latchkey.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.adapters.mail.message.MailTemplates;
import dev.latchkey.adapters.web.oauth2.AuthorizationServer;
import dev.latchkey.bootstrap.settings.LatchkeySettings;
import dev.latchkey.bootstrap.settings.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that are read, and that nothing can be built from. */
final class WrongSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "HS256, PT720H, PT5M",
    "es256, PT720H, PT5M",
    "ES256, PT10M, PT5M",
    "ES256, PT96000H, PT5M",
    "ES256, PT720H, PT0S",
    "ES256, PT720H, PT48H"
  })
  void stopTheStartWithOneSentenceIfSigningKeysCannotBeRotatedByThem(
      String algorithm, Duration rotationInterval, Duration jwksMaxAge) {
    var accessTokens = new LatchkeySettings.AccessTokens(Duration.ofMinutes(5), Duration.ZERO);
    var signingKeys = new LatchkeySettings.SigningKeys(algorithm, rotationInterval, jwksMaxAge);

    assertThatThrownBy(() -> new Policies().signingKeyPolicy(signingKeys, accessTokens))
        .isInstanceOf(StartupException.class)
        .message()
        .startsWith("Change latchkey.signing-keys.")
        .matches("[^\\n]+\\.");
  }

  @ParameterizedTest
  @CsvSource({"PT0S, PT30S, 2000", "PT10S, PT-1S, 2000", "PT10S, PT30S, 0"})
  void stopTheStartWithOneSentenceIfConnectionsCannotBeLimitedByThem(
      Duration head, Duration body, int connections) {
    var minute = Duration.ofMinutes(1);
    var http = new LatchkeySettings.Http(head, body, minute, minute, connections, 0, "");

    assertThatThrownBy(() -> new WebAdapter().connectionLimits(http))
        .isInstanceOf(StartupException.class)
        .message()
        .startsWith("Change latchkey.http")
        .matches("[^\\n]+\\.");
  }

  @Test
  void stopTheStartWithOneSentenceIfTheBreachFilterCannotBeRead(@TempDir Path folder)
      throws IOException {
    Path foreign = Files.writeString(folder.resolve("leaked.txt"), "password\n");

    for (Path file : List.of(folder.resolve("missing"), folder, foreign)) {
      var passwords = new LatchkeySettings.Passwords(List.of(), file.toString());
      assertThatThrownBy(() -> new SecurityAdapters().breachedPasswords(passwords))
          .isInstanceOf(StartupException.class)
          .message()
          .startsWith("Change latchkey.password.breach-filter: ")
          .contains(file.toString())
          .matches("[^\\n]+\\.");
    }
  }

  @Test
  void stopTheStartWithOneSentenceIfAContextWordIsTooShort() {
    var service = new LatchkeySettings("http://localhost:8080", "latchkey", List.of());
    var passwords = new LatchkeySettings.Passwords(List.of("acme", "hr"), "");

    assertThatThrownBy(() -> new Policies().contextWords(service, passwords))
        .isInstanceOf(StartupException.class)
        .hasMessage("Change latchkey.password.context-words: \"hr\" has fewer than 3 characters.");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 11})
  void stopTheStartWithOneSentenceIfThereCannotBeSoManyProxies(int proxies) {
    var minute = Duration.ofMinutes(1);
    var http = new LatchkeySettings.Http(minute, minute, minute, minute, 1, proxies, "");

    assertThatThrownBy(() -> new WebAdapter().trustedProxies(http))
        .isInstanceOf(StartupException.class)
        .message()
        .startsWith("Change latchkey.http.trusted-proxies")
        .matches("[^\\n]+\\.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "app.example.org", "http://app.example.org", "https://a.example/"})
  void stopTheStartWithOneSentenceIfThatIsNoOriginToAllow(String origins) {
    var minute = Duration.ofMinutes(1);
    var http = new LatchkeySettings.Http(minute, minute, minute, minute, 1, 0, origins);
    var self = new AuthorizationServer("https://auth.example.org", "latchkey");

    assertThatThrownBy(() -> new WebAdapter().allowedOrigins(self, http))
        .isInstanceOf(StartupException.class)
        .message()
        .startsWith("Change latchkey.http.allowed-origins")
        .matches("[^\\n]+\\.");
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
  void stopTheStartWithOneSentenceIfNoMailCanBeSentByThem(
      String from,
      String host,
      int port,
      String username,
      String password,
      String tls,
      String setting) {
    var settings = new LatchkeySettings("http://localhost:8080", "latchkey", List.of());
    var mails = new LatchkeySettings.Mails(from, "");
    var smtp = new LatchkeySettings.Smtp(host, port, username, tls);

    assertThatThrownBy(
            () ->
                new MailAdapter()
                    .smtpMailer(settings, mails, smtp, password, MailTemplates.bundled()))
        .isInstanceOf(StartupException.class)
        .message()
        .startsWith("Change " + setting)
        .doesNotContain("s3cr3t")
        .matches("[^\\n]+\\.");
  }

  @Test
  void stopTheStartWithOneSentenceIfATemplateIsWrong(@TempDir Path templates) throws IOException {
    Path file = Files.writeString(templates.resolve("new-device.txt"), "Subject: A\n\n{code}\n");
    var mails = new LatchkeySettings.Mails("", templates.toString());

    assertThatThrownBy(() -> new MailAdapter().mailTemplates(mails))
        .isInstanceOf(StartupException.class)
        .message()
        .startsWith("Change latchkey.mail.templates: in " + file + ", {code} stands for nothing")
        .matches("[^\\n]+\\.");
  }

  @Test
  void stopTheStartWithOneSentenceIfTheTextsOfThePagesAreWrong(@TempDir Path folder)
      throws IOException {
    Path unknown = Files.writeString(folder.resolve("unknown.json"), "{\"sing-in\": \"A\"}");
    Path malformed = Files.writeString(folder.resolve("malformed.json"), "{\"brand\": \"A\"");

    for (Path file : List.of(folder.resolve("missing.json"), folder, unknown, malformed)) {
      var pages = new LatchkeySettings.Pages(file.toString());
      assertThatThrownBy(() -> new WebAdapter().pageTexts(pages))
          .isInstanceOf(StartupException.class)
          .message()
          .startsWith("Change latchkey.pages.texts: ")
          .contains(file.toString())
          .matches("[^\\n]+\\.");
    }
  }
}
