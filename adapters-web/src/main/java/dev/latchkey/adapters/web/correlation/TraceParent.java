package dev.latchkey.adapters.web.correlation;

import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The trace that a request is a part of, as its caller says (W3C Trace Context, §3.2). Anybody may
 * say so: it is a name to search by, and decides nothing.
 *
 * @param traceId 32 hexadecimal digits, not all of them zero
 * @param spanId of the caller: 16 hexadecimal digits, not all of them zero
 * @param flags as received
 */
public record TraceParent(String traceId, String spanId, byte flags) {

  private static final String HEADER = "traceparent";

  /** Lower case only (§3.2.2); a later version may have more after the flags (§3.2.4). */
  private static final Pattern FORM =
      Pattern.compile(
          "(?<version>[0-9a-f]{2})-(?<trace>[0-9a-f]{32})-(?<span>[0-9a-f]{16})"
              + "-(?<flags>[0-9a-f]{2})(?<more>-.*)?");

  private static final String INVALID_VERSION = "ff";
  private static final String FIRST_VERSION = "00";
  private static final Pattern ZERO = Pattern.compile("0+");

  /** Empty if the request names none, or more than one, or one that is malformed. */
  public static Optional<TraceParent> of(HttpRequest<?> request) {
    List<String> values = request.getHeaders().getAll(HEADER);
    return values.size() == 1 ? parse(values.getFirst()) : Optional.empty();
  }

  static Optional<TraceParent> parse(String value) {
    Matcher matcher = FORM.matcher(value);
    if (!matcher.matches()
        || matcher.group("version").equals(INVALID_VERSION)
        || (matcher.group("version").equals(FIRST_VERSION) && matcher.group("more") != null)
        || isZero(matcher.group("trace"))
        || isZero(matcher.group("span"))) {
      return Optional.empty();
    }
    return Optional.of(
        new TraceParent(
            matcher.group("trace"),
            matcher.group("span"),
            (byte) Integer.parseInt(matcher.group("flags"), 16)));
  }

  private static boolean isZero(String digits) {
    return ZERO.matcher(digits).matches();
  }
}
