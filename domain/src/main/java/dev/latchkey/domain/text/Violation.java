package dev.latchkey.domain.text;

/**
 * A rule that a text breaks.
 *
 * @param code stable and meant for programs, for example {@code too_short}
 * @param message the rule in words, meant for people; never repeats the text
 */
public record Violation(String code, String message) {

  public static Violation required() {
    return new Violation("required", "must be given and not be empty");
  }

  public static Violation tooShort(String message) {
    return new Violation("too_short", message);
  }

  public static Violation tooLong(String message) {
    return new Violation("too_long", message);
  }

  public static Violation invalidFormat(String message) {
    return new Violation("invalid_format", message);
  }

  public static Violation forbiddenCharacter() {
    return new Violation(
        "forbidden_character",
        "must not contain control characters, line separators or unpaired surrogates");
  }

  public static Violation invisibleCharacter() {
    return new Violation(
        "forbidden_character",
        "must not contain invisible characters, such as those that change the direction of text");
  }
}
