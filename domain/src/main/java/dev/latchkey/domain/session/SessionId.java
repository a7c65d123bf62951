package dev.latchkey.domain.session;

import java.util.UUID;

/**
 * Identifies a session; the {@code sid} claim of access tokens. Not a secret: knowing it gives no
 * access.
 */
public record SessionId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
