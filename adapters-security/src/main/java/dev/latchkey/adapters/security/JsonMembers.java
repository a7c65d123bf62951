package dev.latchkey.adapters.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A JSON object from a token. Its members are there and of the type that is asked for, or there is an exception. */
final class JsonMembers {

  private static final long LAST_SECOND = 253_402_300_799L;

  private final Map<String, Object> members;

  private JsonMembers(Map<String, Object> members) {
    this.members = members;
  }

  static JsonMembers parse(byte[] json) throws ParseException {
    @Nullable Map<String, Object> members = JSONObjectUtils.parse(new String(json, UTF_8));
    if (members == null) {
      throw new ParseException("not a JSON object", 0);
    }
    return new JsonMembers(members);
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
