package dev.latchkey.adapters.security.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object from a token. Its members are there and of the type that is asked for, or there is
 * an exception.
 */
final class JsonMembers {

  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final long LAST_SECOND = 253_402_300_799L;

  private final Map<String, Object> members;

  private JsonMembers(Map<String, Object> members) {
    this.members = members;
  }

  /**
   * @param json UTF-8 without a byte order mark (RFC 8259 §8.1)
   * @throws ParseException if it is not one JSON object, or names a member twice
   */
  static JsonMembers parse(byte[] json) throws ParseException {
    String text = decoded(json);
    if (text.startsWith(BYTE_ORDER_MARK)) {
      throw new ParseException("begins with a byte order mark", 0); // which the parser would skip
    }
    @Nullable Map<String, Object> members = JSONObjectUtils.parse(text);
    if (members == null) {
      throw new ParseException("not a JSON object", 0);
    }
    return new JsonMembers(members);
  }

  /** Unlike {@code new String}, a new decoder does not replace what is not UTF-8. */
  private static String decoded(byte[] json) throws ParseException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException _) {
      throw new ParseException("not UTF-8", 0);
    }
  }

  boolean contains(String name) {
    return members.containsKey(name);
  }

  String text(String name) throws ParseException {
    return text(name, members.get(name));
  }

  List<String> texts(String name) throws ParseException {
    if (!(members.get(name) instanceof List<?> elements)) {
      throw malformed(name);
    }
    var texts = new ArrayList<String>();
    for (Object element : elements) {
      texts.add(text(name, element));
    }
    return texts;
  }

  /** Text or an array of texts, as {@code aud} may be either (RFC 7519 §4.1.3). */
  List<String> oneOrMoreTexts(String name) throws ParseException {
    return members.get(name) instanceof String text ? List.of(text) : texts(name);
  }

  UUID uuid(String name) throws ParseException {
    String text = text(name);
    try {
      UUID uuid = UUID.fromString(text);
      if (uuid.toString().equals(text)) {
        return uuid;
      }
    } catch (IllegalArgumentException _) {
      // Refused below.
    }
    throw malformed(name);
  }

  /** Whole seconds since 1970, at most as far as the year 9999 (NumericDate, RFC 7519 §2). */
  Instant time(String name) throws ParseException {
    if (members.get(name) instanceof Long seconds && seconds >= 0 && seconds <= LAST_SECOND) {
      return Instant.ofEpochSecond(seconds);
    }
    throw malformed(name);
  }

  private static String text(String name, @Nullable Object value) throws ParseException {
    if (value instanceof String text) {
      return text;
    }
    throw malformed(name);
  }

  private static ParseException malformed(String name) {
    return new ParseException(name + " is missing or malformed", 0);
  }

  @Override
  public String toString() {
    return "JsonMembers[redacted]";
  }
}
