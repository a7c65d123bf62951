package dev.latchkey.bootstrap.wiring;

import dev.latchkey.adapters.mail.file.MailFiles;
import dev.latchkey.adapters.mail.message.MailComposer;
import dev.latchkey.adapters.mail.smtp.SmtpMailer;
import dev.latchkey.bootstrap.settings.LatchkeySettings;
import dev.latchkey.bootstrap.settings.MailSettings;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import java.time.InstantSource;

/**
 * Chooses the one {@code Mailer}: SMTP if a host is set, or else files if there is a directory for
 * them. Without either there is none, and mail is off.
 */
@Factory
final class MailAdapter {

  private static final String NOT_BLANK = ".*\\S.*";

  /** The machine's own: to send a mail takes no database. */
  private static final InstantSource CLOCK = InstantSource.system();

  @Context
  @Requires(property = MailSettings.SMTP_HOST, pattern = NOT_BLANK)
  SmtpMailer smtpMailer(LatchkeySettings settings) {
    return new SmtpMailer(settings.mail().smtp().orElseThrow(), composer(settings));
  }

  @Context
  @Requires(property = MailSettings.DIRECTORY, pattern = NOT_BLANK)
  @Requires(missingBeans = SmtpMailer.class)
  MailFiles mailFiles(LatchkeySettings settings) {
    return new MailFiles(settings.mail().directory().orElseThrow(), composer(settings), CLOCK);
  }

  private static MailComposer composer(LatchkeySettings settings) {
    MailSettings mail = settings.mail();
    return new MailComposer(
        mail.templates(), mail.sender(), settings.tokens().self().issuer(), CLOCK);
  }
}
