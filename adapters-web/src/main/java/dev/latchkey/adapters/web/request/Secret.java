package dev.latchkey.adapters.web.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A password or a token on its way through JSON. It is revealed only to Jackson and to code that
 * asks explicitly.
 */
public final class Secret {

  public static final Secret EMPTY = new Secret("");

  private final String text;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Secret(String text) {
    this.text = text;
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  @JsonValue
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "Secret[redacted]";
  }
}
