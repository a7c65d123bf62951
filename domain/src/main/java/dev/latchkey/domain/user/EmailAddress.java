package dev.latchkey.domain.user;

import dev.latchkey.domain.text.InputText;
import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.text.Violation;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail address: a dot-atom, {@code @}, and a domain name of at least two labels (RFC 5321
 * §4.1.2, without quoted local parts and address literals). It keeps the case it was written in;
 * two addresses that differ only in case are the same address.
 */
public final class EmailAddress {

  private static final int MAX_LENGTH = 254;
  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern FORM =
      Pattern.compile(
          "(?=[^@]{1,64}@)"
              + ATOM
              + "(?:\\."
              + ATOM
              + ")*+@(?:"
              + LABEL
              + "\\.)++(?=.*[A-Za-z])"
              + LABEL);

  private final String text;

  private EmailAddress(String text) {
    this.text = text;
  }

  public static Parsed<EmailAddress> parse(String text) {
    return Parsed.of(text, EmailAddress::violationOf, EmailAddress::new);
  }

  /**
   * The same for a text that is known to keep to the rules.
   *
   * @throws IllegalArgumentException if it breaks one
   */
  public static EmailAddress of(String text) {
    return parse(text).orThrow();
  }

  /**
   * An address that was accepted once. The rules for new ones, which may be stricter by now, do not
   * apply to it.
   */
  public static EmailAddress stored(String text) {
    return new EmailAddress(text);
  }

  private static @Nullable Violation violationOf(String text) {
    Violation violation = InputText.violationOf(text, MAX_LENGTH);
    if (violation != null) {
      return violation;
    }
    return FORM.matcher(text).matches()
        ? null
        : Violation.invalidFormat("must be an e-mail address like name@example.org");
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  /** The form in which addresses are compared and kept unique. */
  public String key() {
    return text.toLowerCase(Locale.ROOT);
  }

  /** What stands before the {@code @}; empty if there is none. */
  String localPart() {
    return text.substring(0, Math.max(0, text.lastIndexOf('@')));
  }

  /** What stands behind the {@code @}. */
  String domainName() {
    return text.substring(text.lastIndexOf('@') + 1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EmailAddress that && key().equals(that.key());
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
