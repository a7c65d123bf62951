package dev.latchkey.adapters.mail.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailNotSentException;
import dev.latchkey.domain.user.EmailAddress;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;

/**
 * Makes the message of a mail (RFC 5322): plain text, in UTF-8, marked as sent by a machine (RFC
 * 3834 §5). A mail that is composed again has the same {@code Message-ID}.
 */
public final class MailComposer {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final MailTemplates templates;
  private final Sender sender;
  private final String issuer;
  private final String host;
  private final InstantSource clock;

  /**
   * @param issuer the address of this service; its host is the right-hand side of each {@code
   *     Message-ID}
   * @param clock for the date of messages
   */
  public MailComposer(MailTemplates templates, Sender sender, String issuer, InstantSource clock) {
    this.templates = templates;
    this.sender = sender;
    this.issuer = issuer;
    this.host = Objects.requireNonNullElse(URI.create(issuer).getHost(), "localhost");
    this.clock = clock;
  }

  /** The host of this service, as it calls itself. */
  public String host() {
    return host;
  }

  /**
   * @throws MailNotSentException if the recipient's address cannot be part of a message
   */
  public MimeMessage compose(Mail mail, Session session) {
    MailTemplate template = templates.of(mail.kind());
    try {
      var message = new MessageWithId(session, "<" + mail.id() + "@" + host + ">");
      message.setFrom(sender.address());
      message.setRecipient(RecipientType.TO, recipient(mail.to()));
      message.setSubject(template.subject(mail, issuer), UTF_8.name());
      message.setHeader("Date", DATE.format(clock.instant()));
      message.setHeader("Auto-Submitted", "auto-generated");
      message.setText(template.body(mail, issuer), UTF_8.name());
      // Keeps lines short, and is text that a person can read.
      message.setHeader("Content-Transfer-Encoding", "quoted-printable");
      message.saveChanges();
      return message;
    } catch (MessagingException e) {
      throw new MailNotSentException(
          "mail " + mail.id() + " has a recipient or a text that no message can have",
          RedactedCause.of(e));
    }
  }

  /** Addresses that were accepted once may be anything, but not two lines or two addresses. */
  private static InternetAddress recipient(EmailAddress to) throws MessagingException {
    if (!US_ASCII.newEncoder().canEncode(to.text())) {
      throw new AddressException("not ASCII");
    }
    var address = new InternetAddress();
    address.setAddress(to.text());
    address.validate();
    return address;
  }

  private static final class MessageWithId extends MimeMessage {

    private final String id;

    MessageWithId(Session session, String id) {
      super(session);
      this.id = id;
    }

    /** Called by {@link #saveChanges}, which would make one up. */
    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
