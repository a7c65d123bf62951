package dev.latchkey.adapters.web.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** What a text in a form stands for, byte by byte, so that no decoder can hide what it made up. */
public final class FormBytes {

  private FormBytes() {}

  /**
   * @throws IllegalArgumentException if a percent sign is not followed by two hexadecimal digits
   */
  public static byte[] of(String text) {
    byte[] spelled = text.getBytes(UTF_8);
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < spelled.length; i++) {
      switch (spelled[i]) {
        case '+' -> bytes.write(' ');
        case '%' -> {
          if (i + 2 >= spelled.length) {
            throw new IllegalArgumentException("a percent sign at the end");
          }
          bytes.write(
              16 * HexFormat.fromHexDigit(spelled[++i]) + HexFormat.fromHexDigit(spelled[++i]));
        }
        default -> bytes.write(spelled[i]);
      }
    }
    return bytes.toByteArray();
  }
}
