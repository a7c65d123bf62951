package dev.latchkey.domain.user;

import dev.latchkey.domain.text.InputText;
import dev.latchkey.domain.text.InvisibleCharacters;
import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.text.Violation;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A password that somebody wants to have from now on: 8 to 128 characters of any script, before and
 * after it is normalized. A run of white space counts as one character, and invisible characters do
 * not count: eight of them are no secret. There is no rule about which characters to mix (NIST SP
 * 800-63B-4 §3.1.1.2); whether it is a common one is asked of a list, by a use case.
 */
public final class NewPassword {

  private static final int MIN_LENGTH = 8;
  private static final Pattern SPACES = Pattern.compile("\\p{Z}++");

  /** With spaces and the symbols of keyboards, but not with emoji. */
  private static final Pattern PUNCTUATION =
      Pattern.compile("[\\p{P}\\p{Z}\\p{Sm}\\p{Sc}\\p{Sk}]++");

  private final Password password;

  private NewPassword(String text) {
    this.password = Password.of(text);
  }

  public static Parsed<NewPassword> parse(String text) {
    return Parsed.of(text, NewPassword::violationOf, NewPassword::new);
  }

  /**
   * The same for a text that is known to keep to the rules.
   *
   * @throws IllegalArgumentException if it breaks one
   */
  public static NewPassword of(String text) {
    return parse(text).orThrow();
  }

  private static @Nullable Violation violationOf(String text) {
    Violation violation = Password.violationOf(text);
    if (violation != null) {
      return violation;
    }
    String normalized = Password.normalized(text);
    if (InputText.length(normalized) > Password.MAX_LENGTH) {
      return Violation.tooLong(
          "must have at most 128 characters, also in Unicode normalization form NFKC");
    }
    // Form NFKC makes many characters of one, and one of many: neither the text nor what is kept of
    // it may be short.
    return effectiveLength(text) < MIN_LENGTH || effectiveLength(normalized) < MIN_LENGTH
        ? Violation.tooShort(
            "must have at least 8 characters, better 15 or more, and at most 128;"
                + " several spaces in a row count as one, and invisible characters do not count")
        : null;
  }

  private static int effectiveLength(String text) {
    return InputText.length(SPACES.matcher(InvisibleCharacters.removedFrom(text)).replaceAll(" "));
  }

  /**
   * Whether it says little more than whose password it is, or what for: without the words that it
   * has of these, fewer than 8 characters remain, and punctuation does not count. A long password
   * may contain any of them; what is refused are the words themselves and what is easily derived
   * from them (NIST SP 800-63B-4 §3.1.1.2).
   */
  public boolean isLittleMoreThan(ContextWords words) {
    String folded = ContextWords.folded(password.reveal());
    String rest = words.takenOutOf(folded);
    return rest.length() < folded.length()
        && InputText.length(PUNCTUATION.matcher(rest).replaceAll("")) < MIN_LENGTH;
  }

  public Password password() {
    return password;
  }

  @Override
  public String toString() {
    return "NewPassword[redacted]";
  }
}
