package dev.latchkey.domain.code;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A code in clear: 120 random bits, as 24 characters in groups of four, without those that look
 * alike. Read aloud, typed in small letters or with spaces, it is the same code. So many bits that
 * a plain hash keeps it (ASVS 5.0 6.5.2).
 */
public final class Code {

  /** How many random bytes make one. */
  public static final int BYTES = 15;

  private static final int CHARACTERS = 24;
  private static final int GROUP = 4;

  /** Digits and letters, but for I, L, O and U. */
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  /** Longer texts are no codes, and are not looked at. */
  private static final int LONGEST_TEXT = 64;

  private final String characters;

  private Code(String characters) {
    this.characters = characters;
  }

  /**
   * @throws IllegalArgumentException unless there are 15 bytes
   */
  public static Code of(byte[] random) {
    if (random.length != BYTES) {
      throw new IllegalArgumentException("a code is made of 15 bytes");
    }
    var number = new BigInteger(1, random);
    return new Code(
        IntStream.range(0, CHARACTERS)
            .map(i -> number.shiftRight(5 * (CHARACTERS - 1 - i)).intValue() & 31)
            .mapToObj(digit -> ALPHABET.substring(digit, digit + 1))
            .collect(Collectors.joining()));
  }

  /** The code that somebody typed; nothing if the text is none. */
  public static Optional<Code> parse(String text) {
    if (text.length() > LONGEST_TEXT) {
      return Optional.empty();
    }
    String characters =
        text.replaceAll("[\\s-]", "")
            .toUpperCase(Locale.ROOT)
            .replace('O', '0')
            .replace('I', '1')
            .replace('L', '1');
    return characters.length() == CHARACTERS
            && characters.chars().allMatch(character -> ALPHABET.indexOf(character) >= 0)
        ? Optional.of(new Code(characters))
        : Optional.empty();
  }

  /** As it is mailed. Only a mail has a use for it. */
  public String reveal() {
    return IntStream.range(0, CHARACTERS / GROUP)
        .mapToObj(group -> characters.substring(group * GROUP, (group + 1) * GROUP))
        .collect(Collectors.joining("-"));
  }

  /** What is kept of it. */
  public CodeHash hash() {
    try {
      return new CodeHash(
          MessageDigest.getInstance("SHA-256").digest(characters.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  @Override
  public String toString() {
    return "Code[redacted]";
  }
}
