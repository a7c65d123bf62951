package dev.latchkey.adapters.web.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** A file of PEM blocks (RFC 7468), which may hold a private key: nothing of it is ever shown. */
final class PemFile {

  /** Bytes; a chain of certificates needs a few thousand. */
  private static final int MAX_SIZE = 1 << 20;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private final Path path;
  private final byte[] content;

  private PemFile(Path path, byte[] content) {
    this.path = path;
    this.content = content;
  }

  /**
   * @throws UnusableCertificateException if it cannot be read
   */
  static PemFile read(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return new PemFile(path, in.readNBytes(MAX_SIZE));
    } catch (NoSuchFileException e) {
      throw new UnusableCertificateException("there is no file " + path, e);
    } catch (IOException e) {
      throw new UnusableCertificateException(
          path + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  /** In the order of the file; empty if it is none of PEM. */
  List<Block> blocks() {
    return BLOCK
        .matcher(new String(content, ISO_8859_1))
        .results()
        .map(found -> new Block(found.group(1), found.group(2)))
        .toList();
  }

  void updateDigest(MessageDigest digest) {
    digest.update(Integer.toString(content.length).getBytes(ISO_8859_1));
    digest.update(content);
  }

  @Override
  public String toString() {
    return path.toString();
  }

  /** One block; a final class because of what it may hold. */
  static final class Block {

    private final String label;
    private final String text;

    private Block(String label, String text) {
      this.label = label;
      this.text = text;
    }

    /** Such as {@code CERTIFICATE}. */
    String label() {
      return label;
    }

    /** As OpenSSL encrypted keys before PKCS#8. */
    boolean isEncrypted() {
      return text.contains("ENCRYPTED");
    }

    /**
     * @throws IllegalArgumentException if it is not in Base64
     */
    byte[] revealBytes() {
      return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
    }

    @Override
    public String toString() {
      return label + " [redacted]";
    }
  }
}
