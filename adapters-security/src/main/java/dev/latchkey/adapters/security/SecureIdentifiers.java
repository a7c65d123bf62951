package dev.latchkey.adapters.security;

import dev.latchkey.application.port.out.Identifiers;
import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.UserId;
import java.security.SecureRandom;
import java.util.UUID;

/** Identifiers and salts from a cryptographic source of randomness. */
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
    byte[] bytes = new byte[Salt.LENGTH];
    random.nextBytes(bytes);
    return new Salt(bytes);
  }
}
