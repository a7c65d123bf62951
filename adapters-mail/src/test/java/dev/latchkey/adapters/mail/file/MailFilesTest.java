package dev.latchkey.adapters.mail.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.mail.message.MailComposer;
import dev.latchkey.adapters.mail.message.MailTemplates;
import dev.latchkey.adapters.mail.message.Sender;
import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailId;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.port.out.mail.Mailer;
import dev.latchkey.testkit.MailerContract;
import dev.latchkey.testkit.SettableClock;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MailFilesTest extends MailerContract {

  @TempDir Path data;

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T09:30:00Z"));

  @Test
  void namesFilesSoThatTheySortByTime() {
    Mail first = aMail(MailKind.PASSWORD_RESET);
    Mail second = aMail(MailKind.ADDRESS_IN_USE);

    mailer().send(first);
    clock.advance(Duration.ofMillis(1));
    mailer().send(second);

    assertThat(names())
        .containsExactly(
            "20261122T093000000Z-password-reset-" + first.id() + ".eml",
            "20261122T093000001Z-address-in-use-" + second.id() + ".eml");
  }

  @Test
  void replacesTheFileOfAMailThatIsSentAgain() throws IOException {
    Mail mail = aMail(MailKind.PASSWORD_RESET);

    mailer().send(mail);
    Path file = directory().resolve(names().getFirst());
    Files.writeString(file, "half a mail");
    clock.advance(Duration.ofHours(1));
    mailer().send(mail);

    assertThat(names()).hasSize(1);
    assertThat(arrived()).extracting(Arrived::id).containsExactly(mail.id());
  }

  @Test
  void closesThemToOtherUsers() throws IOException {
    mailer().send(aMail(MailKind.PASSWORD_RESET));

    assertThat(permissions(directory())).isEqualTo("rwx------");
    assertThat(permissions(directory().resolve(names().getFirst()))).isEqualTo("rw-------");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void leavesNothingBesideTheMails() throws IOException {
    mailer().send(aMail(MailKind.PASSWORD_RESET));

    try (Stream<Path> all = Files.list(directory())) {
      assertThat(all).hasSize(1);
    }
  }

  @Override
  protected Mailer mailer() {
    var composer =
        new MailComposer(
            MailTemplates.bundled(),
            Sender.parse("no-reply@example.net"),
            "https://id.example.net",
            clock);
    return new MailFiles(directory(), composer, clock);
  }

  private Path directory() {
    return data.resolve("mail");
  }

  private List<String> names() {
    if (!Files.isDirectory(directory())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected List<Arrived> arrived() {
    return names().stream().map(name -> read(directory().resolve(name))).toList();
  }

  private static Arrived read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      var message = new MimeMessage(Session.getInstance(new Properties()), in);
      String id = message.getMessageID().replaceAll("<(.*)@id\\.example\\.net>", "$1");
      return new Arrived(
          new MailId(UUID.fromString(id)),
          message.getRecipients(RecipientType.TO)[0].toString(),
          message.getSubject() + "\n" + message.getContent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A file in the place of the directory. */
  @Override
  protected void breakDown() {
    try {
      Files.createFile(directory());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected void repair() {
    try {
      Files.delete(directory());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
