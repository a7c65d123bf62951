package dev.latchkey.domain.user;

/** A password hash in PHC string format, which names its algorithm, parameters and salt. */
public final class PasswordHash {

  private final String phc;

  public PasswordHash(String phc) {
    if (!phc.startsWith("$")) {
      throw new IllegalArgumentException("a PHC string starts with $");
    }
    this.phc = phc;
  }

  public String phc() {
    return phc;
  }

  /**
   * What precedes salt and hash: the algorithm with its version and parameters, the same for all
   * hashes that cost the same to compare. For a text without a salt it is the whole text, so it is
   * for grouping and not for display.
   */
  public String cost() {
    int hash = phc.lastIndexOf('$');
    int salt = phc.lastIndexOf('$', hash - 1);
    return salt <= 0 ? phc : phc.substring(0, salt);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PasswordHash that && phc.equals(that.phc);
  }

  @Override
  public int hashCode() {
    return phc.hashCode();
  }

  /** Redacted: who has the hash can guess passwords at leisure. */
  @Override
  public String toString() {
    return "PasswordHash[redacted]";
  }
}
