package dev.latchkey.domain.user;

import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.text.Violation;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a user may do, by a name that resource servers know; a value of the {@code roles} claim. It
 * is a small letter, then up to 63 of {@code a-z 0-9 _ : -}.
 */
public final class Role {

  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_:-]{0,63}");

  /** The role that every registered user has. */
  public static final Role USER = new Role("user");

  /** Of those who may administer the service. */
  public static final Role ADMIN = new Role("admin");

  private final String text;

  private Role(String text) {
    this.text = text;
  }

  public static Parsed<Role> parse(String text) {
    return Parsed.of(text, Role::violationOf, Role::new);
  }

  /**
   * The same for a text that is known to keep to the rules.
   *
   * @throws IllegalArgumentException if it breaks one
   */
  public static Role of(String text) {
    return parse(text).orThrow();
  }

  /**
   * A role that was accepted once. The rules for new ones, which may be stricter by now, do not
   * apply to it.
   */
  public static Role stored(String text) {
    return new Role(text);
  }

  private static @Nullable Violation violationOf(String text) {
    return FORM.matcher(text).matches()
        ? null
        : Violation.invalidFormat("must be a small letter, then up to 63 of a-z 0-9 _ : -");
  }

  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Role that && text.equals(that.text);
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
