package dev.latchkey.domain.client;

import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.text.Violation;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names a client: 1 to 100 printable ASCII characters (RFC 6749 Appendix A.1). No secret: it
 * travels in requests and stands in access tokens (RFC 6749 §2.2).
 */
public final class ClientId {

  private static final Pattern FORM = Pattern.compile("[\\x20-\\x7e]{1,100}");

  /**
   * The client that a request comes from if it names none: the application that Latchkey is run
   * for.
   */
  public static final ClientId FIRST_PARTY = new ClientId("latchkey");

  private final String text;

  private ClientId(String text) {
    this.text = text;
  }

  public static Parsed<ClientId> parse(String text) {
    return Parsed.of(text, ClientId::violationOf, ClientId::new);
  }

  /**
   * The same for a text that is known to keep to the rules.
   *
   * @throws IllegalArgumentException if it breaks one
   */
  public static ClientId of(String text) {
    return parse(text).orThrow();
  }

  /**
   * A client id that was accepted once. The rules for new ones, which may be stricter by now, do
   * not apply to it.
   */
  public static ClientId stored(String text) {
    return new ClientId(text);
  }

  private static @Nullable Violation violationOf(String text) {
    return FORM.matcher(text).matches()
        ? null
        : Violation.invalidFormat("must have 1 to 100 printable ASCII characters");
  }

  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClientId that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
