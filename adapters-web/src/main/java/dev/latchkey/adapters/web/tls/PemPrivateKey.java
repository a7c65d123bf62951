package dev.latchkey.adapters.web.tls;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;

/**
 * The private key of a PEM file: PKCS#8 (RFC 5958), which is what most write, or PKCS#1 (RFC 8017
 * A.1.2) and SEC 1 (RFC 5915), which are put into PKCS#8, since the JDK reads nothing else.
 */
final class PemPrivateKey {

  private static final String PKCS8 = "PRIVATE KEY";
  private static final String PKCS8_ENCRYPTED = "ENCRYPTED PRIVATE KEY";
  private static final String PKCS1 = "RSA PRIVATE KEY";
  private static final String SEC1 = "EC PRIVATE KEY";

  private static final byte SEQUENCE = 0x30;
  private static final byte OCTET_STRING = 0x04;

  /** The curve, in a key of RFC 5915. */
  private static final byte PARAMETERS = (byte) 0xa0;

  private static final byte[] VERSION_0 = HexFormat.of().parseHex("020100");

  /** {@code rsaEncryption}, with its parameters, which are NULL. */
  private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");

  /** {@code id-ecPublicKey}; its parameters are the curve. */
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  private PemPrivateKey() {}

  /**
   * @throws UnusableCertificateException if there is no key in the file, or it is encrypted, or
   *     none that this JVM can use
   */
  static PrivateKey in(PemFile file) {
    List<PemFile.Block> blocks = file.blocks();
    if (blocks.isEmpty()) {
      throw new UnusableCertificateException(file + " is not in the form of PEM");
    }
    PemFile.Block block =
        blocks.stream()
            .filter(candidate -> candidate.label().endsWith(PKCS8))
            .findFirst()
            .orElseThrow(
                () -> new UnusableCertificateException("there is no private key in " + file));
    if (block.label().equals(PKCS8_ENCRYPTED) || block.isEncrypted()) {
      throw new UnusableCertificateException(
          "the private key in "
              + file
              + " is encrypted; decrypt it (openssl pkey -in KEY -out DECRYPTED), and let only the"
              + " service read the file");
    }
    try {
      return parse(pkcs8(block));
    } catch (IllegalArgumentException
        | BufferUnderflowException
        | GeneralSecurityException _) { // Not as the cause: what parsers say may repeat the key.
      throw new UnusableCertificateException(
          "the private key in " + file + " is not one that this JVM can use: RSA, EC or EdDSA");
    }
  }

  private static byte[] pkcs8(PemFile.Block block) {
    byte[] der = block.revealBytes();
    return switch (block.label()) {
      case PKCS8 -> der;
      case PKCS1 -> wrapped(RSA, der);
      case SEC1 -> wrapped(concat(EC, curveOf(der)), der);
      default -> throw new IllegalArgumentException("no key for TLS");
    };
  }

  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return value(SEQUENCE, concat(VERSION_0, value(SEQUENCE, algorithm), value(OCTET_STRING, key)));
  }

  /** The object identifier among the fields of a key. */
  private static byte[] curveOf(byte[] sec1) {
    ByteBuffer fields = ByteBuffer.wrap(read(ByteBuffer.wrap(sec1), SEQUENCE));
    while (fields.hasRemaining()) {
      byte tag = fields.get(fields.position());
      byte[] content = read(fields, tag);
      if (tag == PARAMETERS) {
        return content;
      }
    }
    throw new IllegalArgumentException("a key without a curve");
  }

  private static byte[] read(ByteBuffer der, byte tag) {
    if (der.get() != tag) {
      throw new IllegalArgumentException("another structure");
    }
    int length = der.get() & 0xff;
    if (length >= 0x80) {
      int bytes = length - 0x80;
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = (length << 8) | (der.get() & 0xff);
      }
    }
    if (length < 0 || length > der.remaining()) {
      throw new IllegalArgumentException("another length");
    }
    byte[] content = new byte[length];
    der.get(content);
    return content;
  }

  /** Of less than 65536 bytes. */
  private static byte[] value(byte tag, byte[] content) {
    var length =
        content.length < 0x80
            ? new byte[] {tag, (byte) content.length}
            : new byte[] {
              tag, (byte) 0x82, (byte) (content.length >> 8), (byte) (content.length & 0xff)
            };
    return concat(length, content);
  }

  private static byte[] concat(byte[]... parts) {
    var joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private static PrivateKey parse(byte[] pkcs8) throws GeneralSecurityException {
    for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException _) {
        // One of another algorithm.
      }
    }
    throw new GeneralSecurityException("no algorithm reads it");
  }
}
