package dev.latchkey.domain.user;

import dev.latchkey.domain.text.InputText;
import dev.latchkey.domain.text.InvisibleCharacters;
import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.text.Violation;
import org.jspecify.annotations.Nullable;

/**
 * A first or last name: any script, 1 to 100 characters, at least one of them visible. Of the
 * invisible ones it has only those that names need, so that it cannot change the order in which the
 * text around it is shown.
 */
public final class PersonName {

  private static final int MAX_LENGTH = 100;

  private final String text;

  private PersonName(String text) {
    this.text = text;
  }

  public static Parsed<PersonName> parse(String text) {
    return Parsed.of(text, PersonName::violationOf, PersonName::new);
  }

  /**
   * The same for a text that is known to keep to the rules.
   *
   * @throws IllegalArgumentException if it breaks one
   */
  public static PersonName of(String text) {
    return parse(text).orThrow();
  }

  /**
   * A name that was accepted once. The rules for new ones, which may be stricter by now, do not
   * apply to it.
   */
  public static PersonName stored(String text) {
    return new PersonName(text);
  }

  private static @Nullable Violation violationOf(String text) {
    Violation violation = InputText.violationOf(text, MAX_LENGTH);
    if (violation != null) {
      return violation;
    }
    if (text.codePoints().anyMatch(PersonName::isOutOfPlace)) {
      return Violation.invisibleCharacter();
    }
    return text.codePoints().allMatch(PersonName::isBlank)
        ? Violation.invalidFormat("must not be only white space or invisible characters")
        : null;
  }

  private static boolean isOutOfPlace(int codePoint) {
    return InvisibleCharacters.contains(codePoint)
        && !InvisibleCharacters.isNeededInNames(codePoint);
  }

  private static boolean isBlank(int codePoint) {
    return InputText.isSpace(codePoint) || InvisibleCharacters.contains(codePoint);
  }

  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PersonName that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
