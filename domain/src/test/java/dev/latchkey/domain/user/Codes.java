package dev.latchkey.domain.user;

import org.jspecify.annotations.Nullable;

/** The codes of violations, for tests to compare. */
final class Codes {

  private Codes() {}

  static String of(@Nullable Violation violation) {
    return violation == null ? "none" : violation.code();
  }
}
