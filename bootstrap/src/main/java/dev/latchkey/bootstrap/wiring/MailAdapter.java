package dev.latchkey.bootstrap.wiring;

import static dev.latchkey.bootstrap.settings.Setting.valid;

import dev.latchkey.adapters.mail.file.MailFiles;
import dev.latchkey.adapters.mail.message.MailComposer;
import dev.latchkey.adapters.mail.message.MailTemplates;
import dev.latchkey.adapters.mail.message.Sender;
import dev.latchkey.adapters.mail.smtp.SmtpCredentials;
import dev.latchkey.adapters.mail.smtp.SmtpMailer;
import dev.latchkey.adapters.mail.smtp.SmtpSettings;
import dev.latchkey.adapters.mail.smtp.TransportSecurity;
import dev.latchkey.bootstrap.settings.LatchkeySettings;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Chooses the one {@code Mailer}: SMTP if a host is set, or else files if there is a directory for
 * them. Without either there is none, and mail is off. All is read at start, so that a wrong
 * setting or template is found before the first mail.
 */
@Factory
final class MailAdapter {

  private static final String SMTP_HOST = "latchkey.mail.smtp.host";
  private static final String NOT_BLANK = ".*\\S.*";

  /** Of mails in files that nobody sends, if none is set. */
  private static final String LOCAL_SENDER = "Latchkey <latchkey@localhost>";

  /** The machine's own: to send a mail takes no database. */
  private static final InstantSource CLOCK = InstantSource.system();

  @Context
  MailTemplates mailTemplates(LatchkeySettings.Mails mails) {
    return valid(
        "latchkey.mail.templates",
        () ->
            mails.templates().isEmpty()
                ? MailTemplates.bundled()
                : MailTemplates.replacedFrom(Path.of(mails.templates())));
  }

  @Context
  @Requires(property = SMTP_HOST, pattern = NOT_BLANK)
  SmtpMailer smtpMailer(
      LatchkeySettings settings,
      LatchkeySettings.Mails mails,
      LatchkeySettings.Smtp smtp,
      @Property(name = "latchkey.mail.smtp.password") String password,
      MailTemplates templates) {
    Sender sender = valid("latchkey.mail.from", () -> Sender.parse(mails.from()));
    TransportSecurity tls =
        valid("latchkey.mail.smtp.tls", () -> TransportSecurity.parse(smtp.tls()));
    Optional<SmtpCredentials> credentials =
        valid(
            "latchkey.mail.smtp.username or .password",
            () -> SmtpCredentials.of(smtp.username(), password));
    return new SmtpMailer(
        valid(
            "latchkey.mail.smtp.host or .port",
            () -> new SmtpSettings(smtp.host().strip(), smtp.port(), tls, credentials)),
        composer(settings, sender, templates));
  }

  @Context
  @Requires(property = Storage.MAIL_DIRECTORY, pattern = NOT_BLANK)
  @Requires(missingBeans = SmtpMailer.class)
  MailFiles mailFiles(
      LatchkeySettings settings,
      LatchkeySettings.Mails mails,
      @Property(name = Storage.MAIL_DIRECTORY) Path directory,
      MailTemplates templates) {
    Sender sender =
        valid(
            "latchkey.mail.from",
            () -> Sender.parse(mails.from().isEmpty() ? LOCAL_SENDER : mails.from()));
    return new MailFiles(directory, composer(settings, sender, templates), CLOCK);
  }

  private static MailComposer composer(
      LatchkeySettings settings, Sender sender, MailTemplates templates) {
    return valid(
        "latchkey.issuer", () -> new MailComposer(templates, sender, settings.issuer(), CLOCK));
  }
}
