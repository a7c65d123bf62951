package dev.latchkey.application.port.out;

import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.PasswordHash;
import java.util.Optional;

/** Hashes passwords, slowly on purpose; only so many at a time, so that a burst of log-ins cannot take all memory. */
public interface PasswordHasher {

  Hashing hash(Password password);

  /** Compares a password with a hash. Without a hash the comparison costs the same and fails. */
  Comparison compare(Password password, Optional<PasswordHash> hash);

  /** What came of hashing. */
  sealed interface Hashing {

    record Hashed(PasswordHash hash) implements Hashing {}

    /** Too many are waiting already; nothing was computed. */
    record Overloaded() implements Hashing {}
  }

  /** What came of a comparison. */
  enum Comparison {
    MATCH,
    MISMATCH,
    /** Too many are waiting already; nothing was compared. */
    OVERLOADED
  }
}
