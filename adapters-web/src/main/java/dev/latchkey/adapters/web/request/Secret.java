package dev.latchkey.adapters.web.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A password or a token on its way through JSON. It shows itself to nobody but Jackson and who asks for it. */
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
