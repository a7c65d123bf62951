package dev.latchkey.domain.user;

import dev.latchkey.domain.text.InputText;
import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.text.Violation;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * A password in clear, as somebody typed it to prove who they are. It is kept in Unicode form NFKC,
 * so that the same password typed on another keyboard is the same password (NIST SP 800-63B
 * §3.1.1.2).
 */
public final class Password {

  /** Longer texts are refused before anything is computed from them. */
  static final int MAX_LENGTH = 128;

  private final String text;

  private Password(String text) {
    this.text = normalized(text);
  }

  public static Parsed<Password> parse(String text) {
    return Parsed.of(text, Password::violationOf, Password::new);
  }

  /**
   * The same for a text that is known to keep to the rules.
   *
   * @throws IllegalArgumentException if it breaks one
   */
  public static Password of(String text) {
    return parse(text).orThrow();
  }

  static String normalized(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  static @Nullable Violation violationOf(String text) {
    return InputText.violationOf(text, MAX_LENGTH);
  }

  /** The clear text. Only a password hasher or a list of forbidden passwords has a use for it. */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "Password[redacted]";
  }
}
