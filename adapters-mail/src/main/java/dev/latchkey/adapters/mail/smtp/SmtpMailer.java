package dev.latchkey.adapters.mail.smtp;

import dev.latchkey.adapters.mail.message.MailComposer;
import dev.latchkey.adapters.mail.message.RedactedCause;
import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailNotSentException;
import dev.latchkey.application.port.out.mail.Mailer;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Hands each mail to an SMTP server, on a connection of its own. */
public final class SmtpMailer implements Mailer {

  private static final String SMTP = "smtp";

  private final SmtpSettings settings;
  private final MailComposer composer;
  private final SmtpTimeouts timeouts;
  private final Session session;

  public SmtpMailer(SmtpSettings settings, MailComposer composer) {
    this(settings, composer, SmtpTimeouts.DEFAULT, Optional.empty());
  }

  /**
   * @param trust for TLS, instead of the certificates that the JDK trusts
   */
  SmtpMailer(
      SmtpSettings settings,
      MailComposer composer,
      SmtpTimeouts timeouts,
      Optional<SSLSocketFactory> trust) {
    this.settings = settings;
    this.composer = composer;
    this.timeouts = timeouts;
    this.session = Session.getInstance(properties(trust));
  }

  private Properties properties(Optional<SSLSocketFactory> trust) {
    var properties = new Properties();
    properties.put("mail.smtp.localhost", composer.host());
    properties.put("mail.smtp.connectiontimeout", millis(timeouts.connect()));
    properties.put("mail.smtp.timeout", millis(timeouts.answer()));
    // Once the mail is accepted, nothing that happens to the connection matters.
    properties.put("mail.smtp.quitwait", "false");
    properties.put("mail.smtp.auth", Boolean.toString(settings.credentials().isPresent()));
    properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
    boolean starttls = settings.tls() == TransportSecurity.STARTTLS;
    properties.put("mail.smtp.starttls.enable", Boolean.toString(starttls));
    properties.put("mail.smtp.starttls.required", Boolean.toString(starttls));
    properties.put(
        "mail.smtp.ssl.enable", Boolean.toString(settings.tls() == TransportSecurity.IMPLICIT));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    // A failure of TLS would be tried again with the JDK's own factory.
    properties.put("mail.smtp.socketFactory.fallback", "false");
    trust.ifPresent(factory -> properties.put("mail.smtp.ssl.socketFactory", factory));
    return properties;
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }

  /** Where mail is handed in, for people. */
  public String place() {
    return settings.place();
  }

  /**
   * A server that says a word now and then never runs into a timeout, so the whole is on a thread
   * that can be abandoned: to interrupt a virtual thread closes the socket that it waits for.
   */
  @Override
  public void send(Mail mail) {
    MimeMessage message = composer.compose(mail, session);
    var sending =
        new FutureTask<@Nullable Void>(
            () -> {
              transmit(message);
              return null;
            });
    var _ = Thread.ofVirtual().name("mail-" + mail.id()).start(sending);
    try {
      var _ = sending.get(timeouts.mail().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable failure = e.getCause() == null ? e : e.getCause();
      throw notSent(new SmtpFailure(failure).reason(), failure);
    } catch (TimeoutException e) {
      throw notSent("had not accepted the mail after " + timeouts.mail().toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notSent("was not waited for, because the service is being stopped", e);
    } finally {
      var _ = sending.cancel(true);
    }
  }

  private void transmit(MimeMessage message) throws MessagingException {
    Transport transport = session.getTransport(SMTP);
    try {
      transport.connect(
          settings.host(),
          settings.port(),
          settings.credentials().map(SmtpCredentials::username).orElse(null),
          settings.credentials().map(SmtpCredentials::revealPassword).orElse(null));
      transport.sendMessage(message, message.getAllRecipients());
    } finally {
      close(transport);
    }
  }

  private static void close(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException _) {
      // The mail is accepted, or it is known already why not.
    }
  }

  private MailNotSentException notSent(String reason, Throwable cause) {
    return new MailNotSentException(
        "the SMTP server " + settings.place() + " " + reason, RedactedCause.of(cause));
  }

  @Override
  public String toString() {
    return "SmtpMailer[" + settings.place() + "]";
  }
}
