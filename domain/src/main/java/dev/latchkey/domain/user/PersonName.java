package dev.latchkey.domain.user;

import org.jspecify.annotations.Nullable;

/** A first or last name: any script, 1 to 100 characters, not only white space. */
public record PersonName(String text) {

  private static final int MAX_LENGTH = 100;

  /**
   * @throws IllegalArgumentException if {@link #violationOf} finds a broken rule
   */
  public PersonName {
    Violation.refuse(violationOf(text));
  }

  public static @Nullable Violation violationOf(String text) {
    Violation violation = PlainText.violationOf(text, MAX_LENGTH);
    if (violation != null) {
      return violation;
    }
    return text.isBlank() ? Violation.invalidFormat("must not be only white space") : null;
  }

  @Override
  public String toString() {
    return text;
  }
}
