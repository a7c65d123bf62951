package dev.latchkey.application.port.out.mail;

/** Sends mail, or puts it where its reader finds it. */
public interface Mailer {

  /**
   * Sends a mail. When it returns, another server has accepted the mail, or it is in a file; within
   * two minutes it returns or throws.
   *
   * @throws MailNotSentException if that did not succeed; trying again later may help. Whether the
   *     mail was sent is then, rarely, unknown
   */
  void send(Mail mail);
}
