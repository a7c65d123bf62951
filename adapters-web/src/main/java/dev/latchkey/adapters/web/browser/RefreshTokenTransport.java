package dev.latchkey.adapters.web.browser;

import dev.latchkey.adapters.web.request.ProblemException;
import dev.latchkey.adapters.web.request.Secret;
import dev.latchkey.application.port.in.session.IssuedTokens;
import io.micronaut.http.MutableHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * How the refresh token of a request and of its answer travels: in the JSON, or in a cookie that no
 * script can read. A caller asks for the cookie with the header {@value #HEADER}.
 *
 * <p>A controller takes it as a parameter.
 */
public sealed interface RefreshTokenTransport permits BodyTransport, CookieTransport {

  /** {@value #COOKIE} is its only value. */
  String HEADER = "Latchkey-Refresh-Token";

  String COOKIE = "cookie";

  /** {@code Set-Cookie} as it comes with this refresh token. */
  static String exampleOfCookie(String refreshToken) {
    return CookieTransport.setCookie(refreshToken);
  }

  /** Whether the browser, not the client, keeps the refresh token. */
  boolean keptByBrowser();

  /**
   * The refresh token of a request that must have one; empty if the JSON lacks it.
   *
   * @param inJson may be empty
   * @throws ProblemException if a cookie is to carry it and there is none, or the JSON has one, too
   */
  Secret required(Secret inJson);

  /**
   * The refresh token of a request that need not have one; may be empty.
   *
   * @param inJson may be empty
   * @throws ProblemException if a cookie is to carry it and the JSON has one
   */
  Secret optional(Secret inJson);

  /** What the JSON of an answer says of the refresh token, if anything. */
  @Nullable Secret inAnswer(IssuedTokens tokens);

  /** The answer that brings these tokens, with its refresh token. */
  <T> MutableHttpResponse<T> issue(MutableHttpResponse<T> answer, IssuedTokens tokens);

  /** The answer after which the session of the request is known to have ended. */
  <T> MutableHttpResponse<T> end(MutableHttpResponse<T> answer);
}
