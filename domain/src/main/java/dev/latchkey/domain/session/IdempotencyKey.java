package dev.latchkey.domain.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.text.Violation;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client's own name for one exchange, sent again with the retry of that exchange
 * (draft-ietf-httpapi-idempotency-key-header). Together with the spent token it makes a late retry
 * acceptable; alone it gives nothing.
 */
public final class IdempotencyKey {

  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final String text;

  private IdempotencyKey(String text) {
    this.text = text;
  }

  public static Parsed<IdempotencyKey> parse(String text) {
    return Parsed.of(text, IdempotencyKey::violationOf, IdempotencyKey::new);
  }

  /**
   * The same for a text that is known to keep to the rules.
   *
   * @throws IllegalArgumentException if it breaks one
   */
  public static IdempotencyKey of(String text) {
    return parse(text).orThrow();
  }

  private static @Nullable Violation violationOf(String text) {
    return FORM.matcher(text).matches()
        ? null
        : Violation.invalidFormat("must have 1 to 255 visible ASCII characters");
  }

  /** What a session remembers of the key: SHA-256 over its salt and the key. */
  public Hash hash(Salt salt) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(salt.bytes());
      return new Hash(HexFormat.of().formatHex(sha256.digest(text.getBytes(US_ASCII))));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "IdempotencyKey[redacted]";
  }

  /** The salted hash of an idempotency key, in hexadecimal. */
  public record Hash(String text) {}
}
