package dev.latchkey.domain.code;

import java.time.Duration;

/** What a code is good for, and nothing else. */
public enum CodePurpose {
  PASSWORD_RESET(Duration.ofMinutes(30)),

  /** That an account's address is its user's. */
  EMAIL_VERIFICATION(Duration.ofDays(1)),

  /** The same for an account that waits for it to be opened. */
  REGISTRATION(Duration.ofDays(1)),

  /** That the new address of an account is its user's. */
  EMAIL_CHANGE(Duration.ofHours(1));

  private final Duration lifetime;

  CodePurpose(Duration lifetime) {
    this.lifetime = lifetime;
  }

  /** How long after it was mailed it is accepted. */
  public Duration lifetime() {
    return lifetime;
  }
}
