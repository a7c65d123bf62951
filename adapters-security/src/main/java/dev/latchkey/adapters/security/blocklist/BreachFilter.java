package dev.latchkey.adapters.security.blocklist;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.application.port.out.account.BreachedPasswords;
import dev.latchkey.domain.user.Password;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The leaked passwords that an operator built a filter of. A password is one of them if it is the
 * same to the letter in form NFKC, as the corpora of hashes can be asked in no other way.
 */
public final class BreachFilter implements BreachedPasswords {

  private final BreachFilterFile file;

  private BreachFilter(BreachFilterFile file) {
    this.file = file;
  }

  /**
   * Opens a file that {@link BreachFilterBuilder} made.
   *
   * @throws IllegalArgumentException if there is none, or it is no filter, or not all of one; the
   *     message says which
   */
  public static BreachFilter open(Path file) {
    return new BreachFilter(BreachFilterFile.open(file));
  }

  @Override
  public boolean contains(Password password) {
    return file.contains(sha1(password));
  }

  /** By which leaked passwords are exchanged; nothing depends on its strength. */
  static byte[] sha1(Password password) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(password.reveal().getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
