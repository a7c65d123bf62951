package dev.latchkey.domain.text;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What every text that comes from outside must keep to, whatever it means. */
public final class InputText {

  private InputText() {}

  /**
   * Says how {@code text} breaks the rule that it is present, storable as UTF-8, and free of
   * control characters.
   */
  public static @Nullable Violation violationOf(String text, int maxCharacters) {
    if (text.isEmpty()) {
      return Violation.required();
    }
    if (length(text) > maxCharacters) {
      return Violation.tooLong("must have at most " + maxCharacters + " characters");
    }
    if (text.codePoints().anyMatch(InputText::isForbidden)) {
      return Violation.forbiddenCharacter();
    }
    return null;
  }

  /** A text that keeps to that rule and no other. */
  public static Parsed<String> parse(String text, int maxCharacters) {
    return Parsed.of(text, checked -> violationOf(checked, maxCharacters), Function.identity());
  }

  /** Characters as people count them when they type: code points, not UTF-16 units. */
  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Any space, whatever its width, and whether or not a line may break at it. */
  public static boolean isSpace(int codePoint) {
    return Character.isSpaceChar(codePoint);
  }

  private static boolean isForbidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
