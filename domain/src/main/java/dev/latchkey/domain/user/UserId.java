package dev.latchkey.domain.user;

import java.util.UUID;

/**
 * Identifies a user for ever, whatever name the user takes; the {@code sub} claim of access tokens.
 */
public record UserId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
