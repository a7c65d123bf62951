package dev.latchkey.adapters.mail.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailField;
import dev.latchkey.application.port.out.mail.MailId;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.port.out.mail.MailNotSentException;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.testkit.MailerContract;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MailComposerTest {

  private static final Session SESSION = Session.getInstance(new Properties());
  private static final String ISSUER = "https://id.example.net:8443/";

  @TempDir Path directory;

  @Test
  void writesTheHeaderThatRfc5322WantsAndThatAMachineSendsIt() throws Exception {
    Mail mail = MailerContract.aMail(MailKind.PASSWORD_RESET);

    assertThat(written(mail))
        .startsWith(
            String.join(
                "\r\n",
                "Date: Sun, 22 Nov 2026 09:30:00 +0000",
                "From: Latchkey <no-reply@example.net>",
                "To: ada@example.org",
                "Message-ID: <" + mail.id() + "@id.example.net>",
                "Subject: Your code to choose a new password",
                "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=UTF-8",
                "Content-Transfer-Encoding: quoted-printable",
                "Auto-Submitted: auto-generated",
                "",
                "Hello ada.l,"));
  }

  @Test
  void givesAMailTheSameMessageIdEachTime() throws Exception {
    Mail mail = MailerContract.aMail(MailKind.NEW_DEVICE);

    assertThat(composed(mail).getMessageID()).isEqualTo(composed(mail).getMessageID());
  }

  @ParameterizedTest
  @EnumSource
  void writesShortLinesOfAscii(MailKind kind) throws Exception {
    assertThat(written(MailerContract.aMail(kind)).split("\r\n", -1))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(79).matches("\\p{ASCII}*"));
  }

  @Test
  void writesAnyLanguage() throws Exception {
    Files.writeString(
        directory.resolve("account-deleted.txt"),
        "Subject: Приве́т, {username}: 再见 {time}\n\nGrüße, {username} 🦆\n.\nvon {service}\n");
    Mail mail = MailerContract.aMail(MailKind.ACCOUNT_DELETED);

    String text = written(mail, MailTemplates.replacedFrom(directory));

    MimeMessage read = new MimeMessage(SESSION, new ByteArrayInputStream(text.getBytes(US_ASCII)));
    assertThat(text).matches("\\p{ASCII}*");
    assertThat(read.getSubject()).isEqualTo("Приве́т, ada.l: 再见 2026-11-22 09:30 UTC");
    assertThat(read.getContent()).isEqualTo("Grüße, ada.l 🦆\r\n.\r\nvon " + ISSUER + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\r\nBcc: eve@example.org",
        "x\nBcc: eve@example.org",
        "x\rBcc: eve@example.org",
        "x\r\n\r\nBcc: eve@example.org",
        "x\u0085Bcc: eve@example.org",
        "x\u2028Bcc: eve@example.org",
        "x\u0000\u000bBcc: eve@example.org",
        "x\r\n.\r\nMAIL FROM:<eve@example.org>"
      })
  void keepsEveryValueOnItsLineWhereverItStands(String value) throws Exception {
    Files.writeString(
        directory.resolve("new-device.txt"),
        "Subject: {userAgent} from {address}\n\nBefore\n{userAgent}\nafter\n");

    String text = written(with(MailField.USER_AGENT, value), MailTemplates.replacedFrom(directory));

    MimeMessage read = new MimeMessage(SESSION, new ByteArrayInputStream(text.getBytes(US_ASCII)));
    String line = value.replaceAll("[\\p{Cntrl}\u0085\u2028]+", " ");
    assertThat(Collections.list(read.getAllHeaders()))
        .extracting(header -> header.getName())
        .containsExactlyInAnyOrder(
            "Date",
            "From",
            "To",
            "Message-ID",
            "Subject",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding",
            "Auto-Submitted");
    assertThat(read.getSubject()).isEqualTo(line + " from 203.0.113.7");
    assertThat(read.getContent()).isEqualTo("Before\r\n" + line + "\r\nafter\r\n");
  }

  @Test
  void doesNotExpandWhatAValueSays() throws Exception {
    String value = "{username} $1 \\1 ${address} {code}";

    assertThat(composed(with(MailField.USER_AGENT, value)).getContent().toString())
        .contains("device   " + value + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@example.org\r\nBcc: eve@example.org",
        "ada@example.org, eve@example.org",
        "ada@example.org>\r\nRCPT TO:<eve@example.org",
        "ada lovelace@example.org",
        "ada\u760d\u760aDATA@example.org",
        "ada",
        ""
      })
  void writesNoRecipientThatIsNotOneAddressAndDoesNotRepeatIt(String recipient) {
    Mail some = MailerContract.aMail(MailKind.PASSWORD_RESET);
    var mail = new Mail(some.id(), some.kind(), EmailAddress.stored(recipient), some.values());

    assertThatExceptionOfType(MailNotSentException.class)
        .isThrownBy(() -> composed(mail))
        .satisfies(
            failure ->
                assertThat(MailerContract.textsOf(failure))
                    .noneMatch(text -> text.contains("example.org")));
  }

  @Test
  void writesTheNameOfTheSenderInAnyLanguage() throws Exception {
    MimeMessage message =
        composer(MailTemplates.bundled(), "Schlüssel GmbH <no-reply@example.net>", ISSUER)
            .compose(MailerContract.aMail(MailKind.PASSWORD_RESET), SESSION);

    assertThat(message.getHeader("From"))
        .containsExactly("=?UTF-8?Q?Schl=C3=BCssel_GmbH?= <no-reply@example.net>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Latchkey",
        "no-reply",
        "@example.net",
        "a@example.net, b@example.net",
        "Latchkey <a@example.net> <b@example.net>",
        "group: a@example.net;",
        "Latchkey\r\nBcc: <eve@example.org>"
      })
  void hasASenderWithOneAddress(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sender.parse(text))
        .withMessage("it must be an address like Latchkey <no-reply@example.org>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://[::1]:8080", "http://localhost:8080", "http://my_host"})
  void hasAMessageIdWhateverTheIssuerIs(String issuer) throws Exception {
    Mail mail = MailerContract.aMail(MailKind.PASSWORD_RESET);

    assertThat(
            composer(MailTemplates.bundled(), "no-reply@example.net", issuer)
                .compose(mail, SESSION)
                .getMessageID())
        .matches("<" + mail.id() + "@(\\[::1]|localhost)>");
  }

  private static Mail with(MailField field, String value) {
    Mail mail = MailerContract.aMail(MailKind.NEW_DEVICE);
    var values = new HashMap<>(mail.values());
    values.put(field, value);
    return new Mail(new MailId(UUID.randomUUID()), mail.kind(), mail.to(), values);
  }

  private static MimeMessage composed(Mail mail) {
    return composer(MailTemplates.bundled()).compose(mail, SESSION);
  }

  private static String written(Mail mail) throws IOException, MessagingException {
    return written(mail, MailTemplates.bundled());
  }

  private static String written(Mail mail, MailTemplates templates)
      throws IOException, MessagingException {
    var out = new ByteArrayOutputStream();
    composer(templates).compose(mail, SESSION).writeTo(out);
    return out.toString(UTF_8);
  }

  private static MailComposer composer(MailTemplates templates) {
    return composer(templates, "Latchkey <no-reply@example.net>", ISSUER);
  }

  private static MailComposer composer(MailTemplates templates, String sender, String issuer) {
    return new MailComposer(
        templates, Sender.parse(sender), issuer, () -> Instant.parse("2026-11-22T09:30:00Z"));
  }
}
