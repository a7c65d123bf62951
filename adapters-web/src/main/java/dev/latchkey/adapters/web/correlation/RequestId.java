package dev.latchkey.adapters.web.correlation;

import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.regex.Pattern;

/** The id that every request has: its answer shows it, and every line of the log about it. */
public final class RequestId {

  /** Of the answer; and of the request, once {@link RequestIds} has found or made it. */
  public static final String HEADER = "X-Request-Id";

  /** For the description. */
  public static final String EXAMPLE = "9f86d081884c7d659a2feaa0c55ad015";

  private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{8,64}");

  private RequestId() {}

  /** The id of a request that came in by the network, and so has one; empty for any other. */
  public static String of(HttpRequest<?> request) {
    String id = request.getHeaders().get(HEADER);
    return id == null ? "" : id;
  }

  /**
   * Whether these values of the header name one id: 8 to 64 letters of ASCII, digits, dots,
   * underscores and hyphens. That is what the proxies in use make, and nothing that a line of a
   * log, a header or a query would have to encode.
   */
  static boolean isWellFormed(List<String> values) {
    return values.size() == 1 && WELL_FORMED.matcher(values.getFirst()).matches();
  }
}
