package dev.latchkey.adapters.web.oauth2;

import java.net.URI;

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
    URI uri = URI.create(issuer);
    boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
    if (!web
        || uri.getRawAuthority() == null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the issuer must be an http or https address without query and fragment");
    }
  }

  /** The address of a path of this service as clients reach it. */
  String address(String path) {
    return (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer) + path;
  }

  /**
   * The path of the issuer, which its metadata is found below (RFC 8414 §3.1); empty if it has
   * none.
   */
  String path() {
    String path = URI.create(issuer).getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
