package dev.latchkey.adapters.security.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JWS in compact form (RFC 7515 §7.1) whose payload is a JSON object, split into its parts and
 * not verified. It has one spelling: Base64 whose unused bits are zero, JSON that is UTF-8 and
 * names no member twice.
 */
final class CompactJws {

  /** A token of ours has some 700 characters; the roles make it longer. */
  private static final int MAX_LENGTH = 8192;

  private static final Pattern FORM =
      Pattern.compile(
          "(?<content>(?<header>[\\w-]++)\\.(?<payload>[\\w-]++))\\.(?<signature>[\\w-]++)");

  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final Map<String, Object> header;
  private final byte[] payload;
  private final byte[] signedContent;
  private final byte[] signature;

  private CompactJws(
      Map<String, Object> header, byte[] payload, byte[] signedContent, byte[] signature) {
    this.header = header;
    this.payload = payload;
    this.signedContent = signedContent;
    this.signature = signature;
  }

  /**
   * The text of a JWS with that signature of its content.
   *
   * @param header a JSON object
   * @param payload another
   */
  static String sign(String header, String payload, UnaryOperator<byte[]> signature) {
    String content = encode(header.getBytes(UTF_8)) + "." + encode(payload.getBytes(UTF_8));
    return content + "." + encode(signature.apply(content.getBytes(US_ASCII)));
  }

  /**
   * @throws ParseException if the text has another form; of the payload, only that it is Base64
   */
  static CompactJws parse(String text) throws ParseException {
    Matcher parts = FORM.matcher(text);
    if (text.length() > MAX_LENGTH || !parts.matches()) {
      throw new ParseException("not a JWS in compact form", 0);
    }
    return new CompactJws(
        object(decode(parts.group("header"))),
        decode(parts.group("payload")),
        parts.group("content").getBytes(US_ASCII),
        decode(parts.group("signature")));
  }

  Map<String, Object> header() {
    return header;
  }

  /**
   * To be called once the signature is verified.
   *
   * @throws ParseException if it is no JSON object
   */
  Map<String, Object> payload() throws ParseException {
    return object(payload);
  }

  byte[] signedContent() {
    return signedContent.clone();
  }

  byte[] signature() {
    return signature.clone();
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] decode(String base64url) throws ParseException {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(base64url);
      if (encode(bytes).equals(base64url)) {
        return bytes;
      }
    } catch (IllegalArgumentException _) {
      // Refused below.
    }
    throw new ParseException("not Base64", 0);
  }

  /** The library would replace what is not UTF-8, and skip a byte order mark (RFC 8259 §8.1). */
  private static Map<String, Object> object(byte[] json) throws ParseException {
    @Nullable Map<String, Object> members = null;
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      members = text.startsWith(BYTE_ORDER_MARK) ? null : JSONObjectUtils.parse(text);
    } catch (CharacterCodingException _) {
      // Refused below.
    }
    if (members == null) {
      throw new ParseException("not a JSON object", 0);
    }
    return members;
  }

  @Override
  public String toString() {
    return "CompactJws[redacted]";
  }
}
