package dev.latchkey.domain.user;

import org.jspecify.annotations.Nullable;

/**
 * A password that somebody wants to have from now on: 8 to 128 characters of any script. There is no rule about which
 * characters to mix (NIST SP 800-63B §3.1.1.2); whether it is a common one is asked of a list, by a use case.
 */
public final class NewPassword {

  private static final int MIN_LENGTH = 8;

  private final Password password;

  /**
   * @throws IllegalArgumentException if {@link #violationOf} finds a broken rule
   */
  public NewPassword(String text) {
    Violation.refuse(violationOf(text));
    this.password = new Password(text);
  }

  public static @Nullable Violation violationOf(String text) {
    Violation violation = Password.violationOf(text);
    if (violation != null) {
      return violation;
    }
    return PlainText.length(text) < MIN_LENGTH
        ? Violation.tooShort("must have at least 8 characters, better 15 or more, and at most 128")
        : null;
  }

  public Password password() {
    return password;
  }

  @Override
  public String toString() {
    return "NewPassword[redacted]";
  }
}
