package dev.latchkey.domain.text;

/** The codes of violations, for tests to compare. */
public final class Codes {

  private Codes() {}

  public static String of(Parsed<?> parsed) {
    return switch (parsed) {
      case Parsed.Valid<?> _ -> "none";
      case Parsed.Invalid<?> invalid -> invalid.violation().code();
    };
  }
}
