package dev.latchkey.domain.user;

import dev.latchkey.domain.text.InputText;
import dev.latchkey.domain.text.InvisibleCharacters;
import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.text.Violation;
import java.util.Locale;
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
    return InputText.length(SPACES.matcher(visible(text)).replaceAll(" "));
  }

  private static String visible(String text) {
    return text.codePoints()
        .filter(codePoint -> !InvisibleCharacters.contains(codePoint))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /**
   * Whether it says no more than whose password it is: the user name, the e-mail address, or the
   * part of the address before the {@code @}, regardless of case, surrounding white space and
   * invisible characters (NIST SP 800-63B-4 §3.1.1.2).
   */
  public boolean isNameOf(Username username, EmailAddress email) {
    String bare = visible(password.reveal()).strip().toLowerCase(Locale.ROOT);
    return bare.equals(username.key())
        || bare.equals(email.key())
        || bare.equals(email.localPartKey());
  }

  public Password password() {
    return password;
  }

  @Override
  public String toString() {
    return "NewPassword[redacted]";
  }
}
