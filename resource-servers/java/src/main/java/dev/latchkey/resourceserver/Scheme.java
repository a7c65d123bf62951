package dev.latchkey.resourceserver;

/** How an access token is presented. */
enum Scheme {
  /** RFC 6750 §2.1. */
  BEARER("Bearer"),
  /** RFC 9449 §7.1. */
  DPOP("DPoP");

  private final String prefix;

  Scheme(String name) {
    prefix = name + " ";
  }

  /** Names of schemes are not case-sensitive (RFC 9110 §11.1). */
  boolean isOf(String authorization) {
    return authorization.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  String token(String authorization) {
    return authorization.substring(prefix.length()).strip();
  }
}
