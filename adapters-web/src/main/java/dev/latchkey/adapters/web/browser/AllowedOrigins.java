package dev.latchkey.adapters.web.browser;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The origins (RFC 6454) whose pages may call this service: its own, and those of the browser
 * applications that it is configured for. Each is written exactly as a browser sends it.
 *
 * @param own the origin of this service
 * @param others those of applications at other addresses
 */
public record AllowedOrigins(String own, Set<String> others) {

  /** What a browser says of the page that a request comes from (Fetch Metadata). */
  private static final String FETCH_SITE = "Sec-Fetch-Site";

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  public AllowedOrigins {
    others = Set.copyOf(others);
  }

  /**
   * @param issuer an http or https address: the one that clients know this service by
   * @param others origins, separated by commas; may be empty
   * @throws IllegalArgumentException if one of the others is no origin, or one of plain http that
   *     is not on this machine: whoever sits on the way could call from it
   */
  public static AllowedOrigins of(String issuer, String others) {
    return new AllowedOrigins(
        serialized(URI.create(issuer)),
        Stream.of(others.split(",", -1))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .map(AllowedOrigins::checked)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * Whether a page that may call this service sent a request. Every browser says which page it
   * comes from with each POST; a request that does not say is not admitted.
   */
  boolean admit(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    List<String> sites = headers.getAll(FETCH_SITE);
    List<String> origins = headers.getAll(HttpHeaders.ORIGIN);
    if (sites.contains("cross-site") || sites.size() > 1 || origins.size() > 1) {
      return false;
    }
    return sites.contains("same-origin") || origins.stream().anyMatch(this::contains);
  }

  private boolean contains(String origin) {
    return origin.equals(own) || others.contains(origin);
  }

  private static String checked(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getHost() != null && text.equals(serialized(uri))) {
        String host = uri.getHost();
        if ("https".equals(uri.getScheme())
            || ("http".equals(uri.getScheme()) && LOOPBACK.contains(host))) {
          return text;
        }
      }
    } catch (URISyntaxException _) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "each must be an origin as browsers send it, such as https://app.example.org: https"
            + " (http on this machine alone), a host in lower case, a port unless it is the usual"
            + " one, and nothing else; not *");
  }

  /** RFC 6454 §6.2. */
  private static String serialized(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    boolean usual = uri.getPort() == -1 || uri.getPort() == ("https".equals(scheme) ? 443 : 80);
    return scheme + "://" + host + (usual ? "" : ":" + uri.getPort());
  }
}
