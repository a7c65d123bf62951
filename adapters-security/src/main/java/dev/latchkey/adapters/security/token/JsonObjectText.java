package dev.latchkey.adapters.security.token;

import java.util.List;

/**
 * The text of a JSON object (RFC 8259), member by member, in the order in which they are added. An
 * access token is written for each exchange; a library would first have it as a map, and then find
 * out the type of each value.
 */
final class JsonObjectText {

  private static final int USUAL_LENGTH = 512;
  private static final char FIRST_THAT_IS_NO_CONTROL = ' ';

  private final StringBuilder text = new StringBuilder(USUAL_LENGTH).append('{');

  /**
   * @param name without a character that needs to be escaped
   */
  JsonObjectText add(String name, String value) {
    name(name);
    quote(value);
    return this;
  }

  JsonObjectText add(String name, long value) {
    name(name);
    text.append(value);
    return this;
  }

  JsonObjectText add(String name, List<String> values) {
    name(name);
    text.append('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      quote(values.get(i));
    }
    text.append(']');
    return this;
  }

  JsonObjectText add(String name, JsonObjectText value) {
    name(name);
    text.append(value.end());
    return this;
  }

  private void name(String name) {
    if (text.length() > 1) {
      text.append(',');
    }
    text.append('"').append(name).append("\":");
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char next = value.charAt(i);
      if (next == '"' || next == '\\') {
        text.append('\\').append(next);
      } else if (next < FIRST_THAT_IS_NO_CONTROL) {
        text.append("\\u%04x".formatted((int) next));
      } else {
        text.append(next);
      }
    }
    text.append('"');
  }

  /** The whole object. */
  String end() {
    return text.append('}').toString();
  }

  @Override
  public String toString() {
    return "JsonObjectText[redacted]";
  }
}
