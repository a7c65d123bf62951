package dev.latchkey.domain.user;

import org.jspecify.annotations.Nullable;

/**
 * A rule that a text breaks.
 *
 * @param code stable and meant for programs, for example {@code too_short}
 * @param message the rule in words, meant for people; never repeats the text
 */
public record Violation(String code, String message) {

  static Violation required() {
    return new Violation("required", "must be given and not be empty");
  }

  static Violation tooShort(String message) {
    return new Violation("too_short", message);
  }

  static Violation tooLong(String message) {
    return new Violation("too_long", message);
  }

  static Violation invalidFormat(String message) {
    return new Violation("invalid_format", message);
  }

  static Violation forbiddenCharacter() {
    return new Violation(
        "forbidden_character",
        "must not contain control characters, line separators or unpaired surrogates");
  }

  static Violation invisibleCharacter() {
    return new Violation(
        "forbidden_character",
        "must not contain invisible characters, such as those that change the direction of text");
  }

  /** Refuses to build a value from a text that breaks its rule. */
  static void refuse(@Nullable Violation violation) {
    if (violation != null) {
      throw new IllegalArgumentException(violation.code() + ": " + violation.message());
    }
  }
}
