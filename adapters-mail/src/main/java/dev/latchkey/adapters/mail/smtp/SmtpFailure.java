package dev.latchkey.adapters.mail.smtp;

import jakarta.mail.AuthenticationFailedException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.util.MailConnectException;

/**
 * Why a server did not accept a mail. What a server says may repeat the recipient or the user name,
 * so of its words only the numbers are repeated: the reply code, and the enhanced one (RFC 3463).
 */
final class SmtpFailure {

  private static final Pattern REPLY =
      Pattern.compile(
          "^(?:.*response: )?(?<code>[245]\\d\\d)(?:["
              + " -](?<enhanced>[245]\\.\\d{1,3}\\.\\d{1,3})\\b)?",
          Pattern.DOTALL);

  private final List<Throwable> causes;

  SmtpFailure(Throwable failure) {
    causes =
        Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(10).toList();
  }

  /** Continues a sentence that begins with the server, on one line. */
  String reason() {
    if (has(MailConnectException.class)) {
      return has(UnknownHostException.class)
          ? "cannot be reached: there is no host of that name"
          : "cannot be reached: " + deepest();
    }
    if (has(SocketTimeoutException.class)) {
      return "did not answer in time";
    }
    if (has(SSLException.class)) {
      return "cannot be trusted, TLS failed: " + deepest();
    }
    if (text(0).startsWith("STARTTLS is required")) {
      return "does not offer STARTTLS, without which nothing is sent";
    }
    return find(SMTPAddressFailedException.class)
        .map(refused -> "refuses the recipient" + reply(refused))
        .or(() -> find(SMTPSendFailedException.class).map(SmtpFailure::refusedCommand))
        .or(() -> find(AuthenticationFailedException.class).map(SmtpFailure::refusedCredentials))
        .orElseGet(this::other);
  }

  private static String refusedCommand(SMTPSendFailedException refused) {
    return String.valueOf(refused.getCommand()).startsWith("MAIL FROM")
        ? "refuses the sender" + reply(refused)
        : "refuses the mail" + reply(refused);
  }

  private static String refusedCredentials(AuthenticationFailedException refused) {
    return REPLY.matcher(String.valueOf(refused.getMessage())).find()
        ? "refuses the user name or the password" + reply(refused)
        : "knows no way to authenticate that is known here, which are PLAIN and LOGIN";
  }

  private String other() {
    String reply = reply(causes.getFirst());
    if (!reply.isEmpty()) {
      return "refuses the connection" + reply;
    }
    return has(IOException.class) || text(0).contains("[EOF]") || text(0).contains("response: -1")
        ? "broke the connection"
        : "was not understood (" + causes.getLast().getClass().getSimpleName() + ")";
  }

  private static String reply(Throwable refused) {
    Matcher matcher = REPLY.matcher(String.valueOf(refused.getMessage()));
    if (!matcher.find()) {
      return "";
    }
    String enhanced = matcher.group("enhanced");
    return " (" + matcher.group("code") + (enhanced == null ? "" : " " + enhanced) + ")";
  }

  /**
   * What the network or TLS says: before any mail or credential was on the way, so it repeats none.
   */
  private String deepest() {
    Throwable deepest = causes.getLast();
    return String.valueOf(deepest.getMessage()).replaceAll("\\p{Cntrl}+", " ").strip();
  }

  private String text(int depth) {
    return String.valueOf(causes.get(depth).getMessage());
  }

  private boolean has(Class<? extends Throwable> type) {
    return find(type).isPresent();
  }

  private <T extends Throwable> Optional<T> find(Class<T> type) {
    return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
  }
}
