package dev.latchkey.adapters.mail.smtp;

import static dev.latchkey.adapters.mail.smtp.SmtpMailerTest.COMPOSER;
import static dev.latchkey.adapters.mail.smtp.SmtpMailerTest.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.port.out.mail.MailNotSentException;
import dev.latchkey.testkit.MailerContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS, authentication, and servers that refuse, break or say nothing. */
@Timeout(60)
final class SmtpConnectionTest {

  private static final String USERNAME = "postmaster-of-latchkey";
  private static final String PASSWORD = "smtp-secret-7";
  private static final Duration FOR_EVER = Duration.ofHours(1);
  private static final Duration BRIEF = Duration.ofMillis(50);

  /** A read that takes longer fails; no timeout of JUnit's ends one. */
  private static final int FAILURE_MILLIS = 10_000;

  private static final Map<String, String> NO_REPLIES = Map.of();

  @TempDir static Path folder;

  private static TestCertificate certificate = new TestCertificate(Path.of("none"));

  private final Mail mail = MailerContract.aMail(MailKind.PASSWORD_RESET);
  private final GreenMail server = started();

  @BeforeAll
  static void makeACertificate() throws Exception {
    certificate = TestCertificate.in(folder);
    System.setProperty("greenmail.tls.keystore.file", certificate.file().toString());
    System.setProperty("greenmail.tls.keystore.password", TestCertificate.STORE_PASSWORD);
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void sendsNothingButTheUpgradeInClear() throws Exception {
    server.setUser(USERNAME, PASSWORD);
    try (SmtpFront front = frontWithTls(NO_REPLIES)) {
      mailer("localhost", front.port(), TransportSecurity.STARTTLS, credentials(), trusting())
          .send(mail);

      assertThat(front.saidInClear()).containsExactly("EHLO id.example.net", "STARTTLS");
    }
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void sendsByTlsFromTheFirstByteOn() throws Exception {
    GreenMail secured = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
    secured.start();
    try {
      secured.setUser(USERNAME, PASSWORD);
      int port = secured.getSmtps().getPort();

      mailer("localhost", port, TransportSecurity.IMPLICIT, credentials(), trusting()).send(mail);

      assertThat(secured.getReceivedMessages()).hasSize(1);
      assertThat(
              reasonOf(
                  mailer(
                      "localhost",
                      port,
                      TransportSecurity.IMPLICIT,
                      credentials(),
                      Optional.empty())))
          .contains("TLS failed: ", "certification path");
      assertThat(secured.getReceivedMessages()).hasSize(1);
    } finally {
      secured.stop();
    }
  }

  @Test
  void sendsNothingIfTheServerOffersNoStartTls() throws Exception {
    try (SmtpFront front = new SmtpFront(port(), Optional.empty(), NO_REPLIES)) {
      assertThat(
              reasonOf(
                  mailer(
                      "localhost",
                      front.port(),
                      TransportSecurity.STARTTLS,
                      credentials(),
                      trusting())))
          .isEqualTo(
              "the SMTP server localhost:%d does not offer STARTTLS, without which nothing is sent",
              front.port());

      assertNothingWasSaid(front);
    }
  }

  @Test
  void sendsNothingIfTheServerRefusesToStartTls() throws Exception {
    try (SmtpFront front = frontWithTls(Map.of("STARTTLS", "454 4.7.0 not now"))) {
      assertThat(
              reasonOf(
                  mailer(
                      "localhost",
                      front.port(),
                      TransportSecurity.STARTTLS,
                      credentials(),
                      trusting())))
          .endsWith(" refuses the connection (454 4.7.0)");

      assertNothingWasSaid(front);
    }
  }

  @Test
  void sendsNothingToAServerWhoseCertificateIsNotTrusted() throws Exception {
    try (SmtpFront front = frontWithTls(NO_REPLIES)) {
      assertThat(
              reasonOf(
                  mailer(
                      "localhost",
                      front.port(),
                      TransportSecurity.STARTTLS,
                      credentials(),
                      Optional.empty())))
          .contains(" cannot be trusted, TLS failed: ", "certification path");

      assertNothingWasSaid(front);
    }
  }

  /** The certificate is for localhost. */
  @Test
  void sendsNothingToAServerWithTheCertificateOfAnother() throws Exception {
    try (SmtpFront front = frontWithTls(NO_REPLIES)) {
      assertThat(
              reasonOf(
                  mailer(
                      "127.0.0.1",
                      front.port(),
                      TransportSecurity.STARTTLS,
                      credentials(),
                      trusting())))
          .contains(" cannot be trusted, TLS failed: ", "127.0.0.1");

      assertNothingWasSaid(front);
    }
  }

  private void assertNothingWasSaid(SmtpFront front) {
    assertThat(front.saidInClear())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).matches("EHLO id\\.example\\.net|STARTTLS|QUIT"));
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void authenticates() throws Exception {
    server.setUser(USERNAME, PASSWORD);
    try (SmtpFront front = new SmtpFront(port(), Optional.empty(), NO_REPLIES)) {
      plainMailer(front.port(), credentials()).send(mail);

      assertThat(front.saidInClear()).anyMatch(line -> line.startsWith("AUTH PLAIN "));
    }
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void saysThatThePasswordIsWrongAndRepeatsItNowhere() {
    server.setUser(USERNAME, "another");

    assertThat(reasonOf(plainMailer(port(), credentials())))
        .endsWith(" refuses the user name or the password (535 5.7.8)");
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RCPT | 550 5.1.1 <ada@example.org>: no such user | refuses the recipient (550 5.1.1)",
        "RCPT | 450 ada@example.org: try later            | refuses the recipient (450)",
        "MAIL | 553 5.7.1 not as no-reply@example.net     | refuses the sender (553 5.7.1)",
        "MAIL | 530 5.7.0 log in as ada@example.org       | refuses the sender (530 5.7.0)",
        "DATA | 554-5.7.1 ada@example.org is no friend    | refuses the mail (554 5.7.1)",
        "EHLO | 421 4.3.2 ada@example.org overloaded      | refuses the connection (421 4.3.2)"
      })
  void saysWhatTheServerRefusesInNumbersAlone(String command, String reply, String reason)
      throws IOException {
    String lines = reply.startsWith("554-") ? reply + "\r\n554 5.7.1 at all" : reply;
    Map<String, String> replies =
        command.equals("EHLO") ? Map.of("EHLO", lines, "HELO", lines) : Map.of(command, lines);
    try (SmtpFront front = new SmtpFront(port(), Optional.empty(), replies)) {
      assertThat(reasonOf(plainMailer(front.port(), Optional.empty()))).endsWith(" " + reason);
    }
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = silentServer()) {
      port = socket.getLocalPort();
    }

    assertThat(reasonOf(plainMailer(port, Optional.empty())))
        .isEqualTo("the SMTP server localhost:%d cannot be reached: Connection refused", port);
  }

  @Test
  void saysThatTheConnectionBroke() throws IOException {
    try (ServerSocket socket = silentServer()) {
      var _ =
          Thread.startVirtualThread(
              () -> {
                try {
                  socket.accept().close();
                } catch (IOException _) {
                  // the test will notice
                }
              });

      assertThat(reasonOf(plainMailer(socket.getLocalPort(), Optional.empty())))
          .endsWith(" broke the connection");
    }
  }

  @Test
  void waitsForAnAnswerForALimitedTime() throws IOException {
    try (ServerSocket socket = silentServer()) {
      var timeouts = new SmtpTimeouts(FOR_EVER, BRIEF, FOR_EVER);

      assertThat(reasonOf(plainMailer(socket.getLocalPort(), Optional.empty(), timeouts)))
          .endsWith(" did not answer in time");
    }
  }

  /** Whatever the server does meanwhile. */
  @Test
  void givesUpAMailAfterALimitedTimeAndClosesItsConnection() throws IOException {
    try (ServerSocket socket = silentServer()) {
      var timeouts = new SmtpTimeouts(FOR_EVER, FOR_EVER, BRIEF);

      assertThat(reasonOf(plainMailer(socket.getLocalPort(), Optional.empty(), timeouts)))
          .endsWith(" had not accepted the mail after 0 s");
      try (Socket connection = socket.accept()) {
        connection.setSoTimeout(FAILURE_MILLIS);
        assertThat(connection.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void givesUpInTwoMinutesAsThePortSays() {
    assertThat(SmtpTimeouts.DEFAULT.mail()).isLessThan(Duration.ofMinutes(2));
  }

  @Test
  void givesUpWhenItIsInterruptedAndRemainsSo() throws IOException {
    try (ServerSocket socket = silentServer()) {
      Thread.currentThread().interrupt();

      assertThat(reasonOf(plainMailer(socket.getLocalPort(), Optional.empty())))
          .contains(" was not waited for");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void showsNoPassword() {
    assertThat(credentials())
        .hasValueSatisfying(
            credentials ->
                assertThat(credentials.toString())
                    .doesNotContain(USERNAME)
                    .doesNotContain(PASSWORD));
    assertThat(plainMailer(25, credentials()).toString()).isEqualTo("SmtpMailer[localhost:25]");
  }

  /** Why the mail is not sent, after a look that nothing of it or of the credentials is shown. */
  private String reasonOf(SmtpMailer mailer) {
    MailNotSentException failure =
        catchThrowableOfType(MailNotSentException.class, () -> mailer.send(mail));

    assertThat(failure).isNotNull();
    assertThat(MailerContract.textsOf(failure))
        .allSatisfy(
            text ->
                assertThat(text)
                    .doesNotContain(mail.to().text())
                    .doesNotContain(mail.values().values())
                    .doesNotContain(USERNAME)
                    .doesNotContain(PASSWORD));
    assertThat(failure.getMessage()).doesNotContain("\n");
    return String.valueOf(failure.getMessage());
  }

  private int port() {
    return server.getSmtp().getPort();
  }

  private SmtpFront frontWithTls(Map<String, String> replies)
      throws IOException, GeneralSecurityException {
    return new SmtpFront(port(), Optional.of(certificate.context()), replies);
  }

  private static Optional<SSLSocketFactory> trusting()
      throws IOException, GeneralSecurityException {
    return Optional.of(certificate.context().getSocketFactory());
  }

  private static Optional<SmtpCredentials> credentials() {
    return SmtpCredentials.of(USERNAME, PASSWORD);
  }

  private static ServerSocket silentServer() throws IOException {
    return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  private static SmtpMailer plainMailer(int port, Optional<SmtpCredentials> credentials) {
    return plainMailer(port, credentials, SmtpTimeouts.DEFAULT);
  }

  private static SmtpMailer plainMailer(
      int port, Optional<SmtpCredentials> credentials, SmtpTimeouts timeouts) {
    return new SmtpMailer(
        new SmtpSettings("localhost", port, TransportSecurity.NONE, credentials),
        COMPOSER,
        timeouts,
        Optional.empty());
  }

  private static SmtpMailer mailer(
      String host,
      int port,
      TransportSecurity tls,
      Optional<SmtpCredentials> credentials,
      Optional<SSLSocketFactory> trust) {
    return new SmtpMailer(
        new SmtpSettings(host, port, tls, credentials), COMPOSER, SmtpTimeouts.DEFAULT, trust);
  }
}
