package dev.latchkey.domain.user;

/** A password hash in PHC string format, which names its algorithm, parameters and salt. */
public final class PasswordHash {

  private final String text;

  public PasswordHash(String text) {
    if (!text.startsWith("$")) {
      throw new IllegalArgumentException("a PHC string starts with $");
    }
    this.text = text;
  }

  public String text() {
    return text;
  }

  /**
   * What precedes salt and hash: the algorithm with its version and parameters, the same for all
   * hashes that cost the same to compare. For a text without a salt it is the whole text, so it is
   * for grouping and not for display.
   */
  public String cost() {
    int hash = text.lastIndexOf('$');
    int salt = text.lastIndexOf('$', hash - 1);
    return salt <= 0 ? text : text.substring(0, salt);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PasswordHash that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Redacted: whoever has the hash can guess passwords at leisure. */
  @Override
  public String toString() {
    return "PasswordHash[redacted]";
  }
}
