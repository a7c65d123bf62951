package dev.latchkey.adapters.web.request;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Text as forms encode it (RFC 6749 Appendix B). */
public final class FormEncoding {

  private FormEncoding() {}

  /**
   * Decodes to bytes first: asked for characters, {@code URLDecoder} puts U+FFFD for whatever is
   * not UTF-8, so that many inputs would give one text.
   *
   * @throws IllegalArgumentException if a percent sign is not followed by two hexadecimal digits
   * @throws CharacterCodingException if the bytes are not UTF-8
   */
  public static String decode(String encoded) throws CharacterCodingException {
    String bytes = new String(encoded.getBytes(UTF_8), ISO_8859_1);
    return utf8(URLDecoder.decode(bytes, ISO_8859_1).getBytes(ISO_8859_1));
  }

  /** Unlike {@code new String}, a new decoder does not replace what is not UTF-8. */
  public static String utf8(byte[] bytes) throws CharacterCodingException {
    return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
