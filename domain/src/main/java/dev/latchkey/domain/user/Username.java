package dev.latchkey.domain.user;

import dev.latchkey.domain.text.InputText;
import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.text.Violation;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name that a user chose to log in with. It keeps the case it was written in, and two names
 * that differ only in case are the same name. It never looks like an e-mail address, so that either
 * can be used to log in.
 */
public final class Username {

  private static final int MIN_LENGTH = 3;
  private static final int MAX_LENGTH = 32;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?");

  private final String text;

  private Username(String text) {
    this.text = text;
  }

  public static Parsed<Username> parse(String text) {
    return Parsed.of(text, Username::violationOf, Username::new);
  }

  /**
   * The same for a text that is known to keep to the rules.
   *
   * @throws IllegalArgumentException if it breaks one
   */
  public static Username of(String text) {
    return parse(text).orThrow();
  }

  /**
   * A user name that was accepted once. The rules for new ones, which may be stricter by now, do
   * not apply to it.
   */
  public static Username stored(String text) {
    return new Username(text);
  }

  private static @Nullable Violation violationOf(String text) {
    Violation violation = InputText.violationOf(text, MAX_LENGTH);
    if (violation != null) {
      return violation;
    }
    if (text.length() < MIN_LENGTH) {
      return Violation.tooShort("must have at least " + MIN_LENGTH + " characters");
    }
    return FORM.matcher(text).matches()
        ? null
        : Violation.invalidFormat(
            "must have 3 to 32 characters: letters a-z, digits, dots, hyphens and underscores;"
                + " the first and the last a letter or a digit");
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  /** The form in which names are compared and kept unique. */
  public String key() {
    return text.toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Username that && key().equals(that.key());
  }

  @Override
  public int hashCode() {
    return key().hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
