package dev.latchkey.adapters.web.bearer;

import dev.latchkey.domain.token.TokenType;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.token.reader.HttpHeaderTokenReader;
import jakarta.inject.Singleton;

/** Reads access tokens that are bound to a key: {@code Authorization: DPoP …} (RFC 9449 §7.1). */
@Singleton
final class DpopTokenReader extends HttpHeaderTokenReader {

  /** After the one for bearer tokens; a request has one header of that name. */
  private static final int ORDER = 0;

  private static final String SCHEME = TokenType.DPOP.text() + " ";

  /** Whether the request uses the scheme, with whatever behind it. */
  static boolean isUsedBy(HttpRequest<?> request) {
    return request
        .getHeaders()
        .getFirst(HttpHeaders.AUTHORIZATION)
        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .isPresent();
  }

  @Override
  protected String getPrefix() {
    return TokenType.DPOP.text();
  }

  @Override
  protected String getHeaderName() {
    return HttpHeaders.AUTHORIZATION;
  }

  @Override
  public int getOrder() {
    return ORDER;
  }
}
