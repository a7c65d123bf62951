package dev.latchkey.adapters.web.issuer;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Who this service is to others.
 *
 * @param issuer the {@code iss} of its tokens, below which its endpoints are found (RFC 8414 §2)
 * @param audience the {@code aud} of its access tokens
 */
public record AuthorizationServer(String issuer, String audience) {

  /**
   * @throws IllegalArgumentException if the issuer is no address of the web, or one with a query or
   *     a fragment
   */
  public AuthorizationServer {
    if (!isWebAddress(issuer)) {
      throw new IllegalArgumentException(
          "it must be an http or https address without query and fragment");
    }
  }

  private static boolean isWebAddress(String text) {
    try {
      URI uri = new URI(text);
      return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getRawAuthority() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException _) {
      return false;
    }
  }

  /** Whether clients reach it by TLS alone. */
  public boolean isHttps() {
    return issuer.startsWith("https:");
  }

  /** The address of a path of this service as clients reach it. */
  public String address(String path) {
    return (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer) + path;
  }

  /**
   * The path of the issuer, which its metadata is found below (RFC 8414 §3.1); empty if it has
   * none.
   */
  public String path() {
    String path = URI.create(issuer).getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
