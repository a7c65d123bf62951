package dev.latchkey.adapters.security.blocklist;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.domain.user.NewPassword;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A file of leaked passwords, of any size: each line is read, and forgotten. The first line decides
 * what all are: the SHA-1 hash of a password in hexadecimal digits, a colon and how often it
 * leaked, as Have I Been Pwned publishes them (the colon and the number may be missing); or else a
 * password, in UTF-8.
 */
final class PasswordCorpus {

  private static final Pattern HASH = Pattern.compile("(?<hash>[0-9A-Fa-f]{40})(?::[0-9]+)?");

  /** The shortest new password, each character being at least one byte. */
  private static final int MIN_BYTES = 8;

  /** The longest new password, each character being at most four bytes. */
  private static final int MAX_BYTES = 512;

  private static final int BUFFER_BYTES = 1 << 18;

  private final Path file;

  PasswordCorpus(Path file) {
    this.file = file;
  }

  /** How many hashes there are at most, for the size of the filter. */
  long countAtMost() throws IOException {
    var lines = new long[1];
    forEachLine((_, length, _) -> lines[0] += length < MIN_BYTES ? 0 : 1);
    return lines[0];
  }

  /**
   * Passes on the hash of each password that could be chosen.
   *
   * @return how many hashes there were
   * @throws IllegalArgumentException if the first line is a hash and another line is none; the
   *     message names the line, and does not repeat it
   */
  long forEachHash(Consumer<byte[]> hashes) throws IOException {
    var reader = new Reader(hashes);
    forEachLine(reader);
    return reader.passedOn;
  }

  /** Reads a hash out of each line, in the form that the first line has. */
  private static final class Reader implements LineConsumer {

    private final Consumer<byte[]> hashes;
    private boolean areHashes;
    private long passedOn;

    Reader(Consumer<byte[]> hashes) {
      this.hashes = hashes;
    }

    @Override
    public void accept(byte[] bytes, int length, long number) {
      Optional<byte[]> hash = hashIn(bytes, length);
      if (number == 1) {
        areHashes = hash.isPresent();
      } else if (areHashes && hash.isEmpty()) {
        throw new IllegalArgumentException(
            "line " + number + " is not a SHA-1 hash and a number, as the first line is");
      }
      (areHashes ? hash : hashOf(bytes, length))
          .ifPresent(
              found -> {
                hashes.accept(found);
                passedOn++;
              });
    }
  }

  private static Optional<byte[]> hashIn(byte[] line, int length) {
    var matcher = HASH.matcher(new String(line, 0, length, US_ASCII));
    return matcher.matches()
        ? Optional.of(HexFormat.of().parseHex(matcher.group("hash")))
        : Optional.empty();
  }

  /** Nothing for what nobody can choose, be it for its length or because it is not UTF-8. */
  private static Optional<byte[]> hashOf(byte[] line, int length) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, length)).toString();
      return NewPassword.parse(text)
          .valid()
          .map(password -> BreachFilter.sha1(password.password()));
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  private interface LineConsumer {

    /**
     * @param bytes in whose beginning the line is, without its end
     * @param length more than {@link #MAX_BYTES} for a line that is longer, of whatever length
     * @param number of the line, from 1
     */
    void accept(byte[] bytes, int length, long number);
  }

  private void forEachLine(LineConsumer lines) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    byte[] line = new byte[MAX_BYTES + 2];
    int length = 0;
    long number = 1;
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          if (buffer[i] == '\n') {
            lines.accept(line, withoutCarriageReturn(line, length), number);
            length = 0;
            number++;
          } else if (length < line.length) {
            line[length] = buffer[i];
            length++;
          }
        }
      }
    }
    if (length > 0) {
      lines.accept(line, withoutCarriageReturn(line, length), number);
    }
  }

  private static int withoutCarriageReturn(byte[] line, int length) {
    return length > 0 && line[length - 1] == '\r' ? length - 1 : length;
  }
}
