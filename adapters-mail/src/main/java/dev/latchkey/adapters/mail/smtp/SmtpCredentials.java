package dev.latchkey.adapters.mail.smtp;

import java.util.Optional;

/** Shows an SMTP server whom a mail is from (RFC 4954). */
public final class SmtpCredentials {

  private final String username;
  private final String password;

  private SmtpCredentials(String username, String password) {
    this.username = username;
    this.password = password;
  }

  /**
   * @param username empty if there are none
   * @throws IllegalArgumentException if there is one without the other; neither is repeated
   */
  public static Optional<SmtpCredentials> of(String username, String password) {
    if (username.isEmpty() != password.isEmpty()) {
      throw new IllegalArgumentException(
          "a user name needs a password, and a password a user name");
    }
    return username.isEmpty()
        ? Optional.empty()
        : Optional.of(new SmtpCredentials(username, password));
  }

  String username() {
    return username;
  }

  String revealPassword() {
    return password;
  }

  @Override
  public String toString() {
    return "SmtpCredentials[redacted]";
  }
}
