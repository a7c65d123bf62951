package dev.latchkey.application.port.out.mail;

import java.util.UUID;

/**
 * Identifies a mail from when it is written to the outbox; part of its {@code Message-ID} (RFC 5322
 * §3.6.4), so that whoever receives it twice can tell.
 */
public record MailId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
