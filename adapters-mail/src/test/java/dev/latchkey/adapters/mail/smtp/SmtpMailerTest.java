package dev.latchkey.adapters.mail.smtp;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.latchkey.adapters.mail.message.MailComposer;
import dev.latchkey.adapters.mail.message.MailTemplates;
import dev.latchkey.adapters.mail.message.Sender;
import dev.latchkey.application.port.out.mail.MailId;
import dev.latchkey.application.port.out.mail.Mailer;
import dev.latchkey.testkit.MailerContract;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** On a connection within one machine, which is not protected. */
@Timeout(60)
final class SmtpMailerTest extends MailerContract {

  static final MailComposer COMPOSER =
      new MailComposer(
          MailTemplates.bundled(),
          Sender.parse("Latchkey <no-reply@example.net>"),
          "https://id.example.net/",
          () -> Instant.parse("2026-11-22T09:30:00Z"));

  private GreenMail server = started();
  private int port;

  static GreenMail started() {
    var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    return server;
  }

  @BeforeEach
  void remember() {
    port = server.getSmtp().getPort();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Override
  protected Mailer mailer() {
    return new SmtpMailer(
        new SmtpSettings("127.0.0.1", port, TransportSecurity.NONE, Optional.empty()), COMPOSER);
  }

  @Override
  protected List<Arrived> arrived() {
    return Arrays.stream(server.getReceivedMessages()).map(SmtpMailerTest::read).toList();
  }

  private static Arrived read(MimeMessage message) {
    try {
      String id = message.getMessageID().replaceAll("<(.*)@id\\.example\\.net>", "$1");
      return new Arrived(
          new MailId(UUID.fromString(id)),
          message.getRecipients(RecipientType.TO)[0].toString(),
          message.getSubject() + "\n" + message.getContent());
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected void breakDown() {
    server.stop();
  }

  @Override
  protected void repair() {
    server = started();
    remember();
  }
}
