package dev.latchkey.application.port.out.mail;

/** A mail was not sent, as far as that is known. */
public final class MailNotSentException extends RuntimeException {

  private final String reason;

  /**
   * @param reason what an operator needs to know, on one line, without the text or the recipient of
   *     the mail
   */
  public MailNotSentException(String reason, Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }
}
