package dev.latchkey.adapters.mail.file;

import dev.latchkey.adapters.mail.message.MailComposer;
import dev.latchkey.adapters.mail.message.RedactedCause;
import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailNotSentException;
import dev.latchkey.application.port.out.mail.Mailer;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Writes each mail to a file of its own, which a mail program can open: {@code
 * <time>-<kind>-<id>.eml}. Only the operator can read them, and it is the operator who deletes
 * them.
 */
public final class MailFiles implements Mailer {

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path directory;
  private final MailComposer composer;
  private final InstantSource clock;
  private final Session session = Session.getInstance(new Properties());

  /**
   * @param directory is made for the first mail, closed to other users
   * @param clock for the names of files
   */
  public MailFiles(Path directory, MailComposer composer, InstantSource clock) {
    this.directory = directory.toAbsolutePath().normalize();
    this.composer = composer;
    this.clock = clock;
  }

  public Path directory() {
    return directory;
  }

  @Override
  public void send(Mail mail) {
    MimeMessage message = composer.compose(mail, session);
    try {
      Files.createDirectories(directory, onlyOwner("rwx------"));
      write(message, directory.resolve(nameOf(mail)));
    } catch (IOException | MessagingException e) {
      throw new MailNotSentException(
          "no mail can be written to " + directory + " (" + e.getClass().getSimpleName() + ")",
          RedactedCause.of(e));
    }
  }

  /** A mail that is sent again keeps the name of the first time, and so replaces its own file. */
  private String nameOf(Mail mail) throws IOException {
    String suffix = "-" + mail.id() + ".eml";
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(suffix))
          .findFirst()
          .orElseGet(
              () ->
                  TIME.format(clock.instant())
                      + "-"
                      + mail.kind().name().toLowerCase(Locale.ROOT).replace('_', '-')
                      + suffix);
    }
  }

  /** After a crash at any moment the file is as before, or complete. */
  private void write(MimeMessage message, Path file) throws IOException, MessagingException {
    Path draft = Files.createTempFile(directory, ".mail", ".new", onlyOwner("rw-------"));
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE);
          OutputStream out = Channels.newOutputStream(channel)) {
        message.writeTo(out);
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      var _ = Files.deleteIfExists(draft);
    }
    if (POSIX) {
      try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }

  private static FileAttribute<?>[] onlyOwner(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public String toString() {
    return "MailFiles[" + directory + "]";
  }
}
