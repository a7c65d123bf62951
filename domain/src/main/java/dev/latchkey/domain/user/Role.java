package dev.latchkey.domain.user;

import java.util.regex.Pattern;

/** What a user may do, by a name that resource servers know; a value of the {@code roles} claim. */
public record Role(String name) {

  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_:-]{0,63}");

  /** The role that every registered user has. */
  public static final Role USER = new Role("user");

  public Role {
    if (!isWellFormed(name)) {
      throw new IllegalArgumentException(
          "a role is a small letter, then up to 63 of a-z 0-9 _ : -");
    }
  }

  public static boolean isWellFormed(String name) {
    return FORM.matcher(name).matches();
  }

  @Override
  public String toString() {
    return name;
  }
}
