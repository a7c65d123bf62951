package dev.latchkey.adapters.mail.smtp;

import java.time.Duration;

/**
 * How long a server is waited for.
 *
 * @param connect until there is a connection
 * @param answer to one command, or one part of it
 * @param mail from the beginning to the end of a mail, whatever happens in between
 */
record SmtpTimeouts(Duration connect, Duration answer, Duration mail) {

  /**
   * RFC 5321 §4.5.3.2 would rather have minutes for an answer: whoever gives up before the last one
   * does not know whether the mail was accepted. They must fit into those two that the port gives.
   */
  static final SmtpTimeouts DEFAULT =
      new SmtpTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(110));
}
