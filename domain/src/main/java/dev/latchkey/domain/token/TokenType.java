package dev.latchkey.domain.token;

/** How an access token is used (RFC 6749 §7.1): the scheme of the header {@code Authorization}. */
public enum TokenType {
  /** Whoever has it may use it (RFC 6750). */
  BEARER("Bearer"),
  /** Whoever uses it must prove possession of its key (RFC 9449 §7.1). */
  DPOP("DPoP");

  private final String text;

  TokenType(String text) {
    this.text = text;
  }

  /** As it is registered: {@code token_type} in answers. */
  public String text() {
    return text;
  }
}
