package dev.latchkey.bootstrap.observation;

import dev.latchkey.adapters.mail.file.MailFiles;
import dev.latchkey.adapters.mail.smtp.SmtpMailer;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says where mails go: in the banner, and once in the log if nobody gets them. */
@Singleton
public final class MailDelivery implements ApplicationEventListener<ServerStartupEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(MailDelivery.class);

  private final Optional<SmtpMailer> smtp;
  private final Optional<MailFiles> files;

  MailDelivery(Optional<SmtpMailer> smtp, Optional<MailFiles> files) {
    this.smtp = smtp;
    this.files = files;
  }

  /** For the banner. */
  public String description() {
    return smtp.map(mailer -> "SMTP server " + mailer.place())
        .or(() -> files.map(mails -> "written to files in " + mails.directory()))
        .orElse("off");
  }

  /** Not before: whatever prevents the start is all that matters then. */
  @Override
  public void onApplicationEvent(ServerStartupEvent started) {
    if (smtp.isPresent()) {
      return;
    }
    files.ifPresentOrElse(
        mails ->
            LOG.info(
                "Mails are not sent, but written to files in {}: nobody else gets them. Set"
                    + " latchkey.mail.smtp.host and latchkey.mail.from to send them",
                mails.directory()),
        () ->
            LOG.warn(
                "Mail is off: passwords cannot be reset by mail. Set latchkey.mail.smtp.host and"
                    + " latchkey.mail.from"));
  }
}
