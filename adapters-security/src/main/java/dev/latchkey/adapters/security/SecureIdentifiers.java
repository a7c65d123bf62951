package dev.latchkey.adapters.security;

import dev.latchkey.application.port.out.Identifiers;
import dev.latchkey.application.port.out.mail.MailId;
import dev.latchkey.domain.code.Code;
import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.UserId;
import java.security.SecureRandom;
import java.util.UUID;

/** Identifiers, salts and codes from a cryptographic source of randomness. */
public final class SecureIdentifiers implements Identifiers {

  private final SecureRandom random;

  public SecureIdentifiers(SecureRandom random) {
    this.random = random;
  }

  @Override
  public UserId newUserId() {
    return new UserId(UUID.randomUUID());
  }

  @Override
  public SessionId newSessionId() {
    return new SessionId(UUID.randomUUID());
  }

  @Override
  public Salt newSalt() {
    return new Salt(bytes(Salt.LENGTH));
  }

  @Override
  public Code newCode() {
    return Code.of(bytes(Code.BYTES));
  }

  @Override
  public MailId newMailId() {
    return new MailId(UUID.randomUUID());
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
