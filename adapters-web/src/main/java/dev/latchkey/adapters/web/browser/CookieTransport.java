package dev.latchkey.adapters.web.browser;

import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.request.ProblemException;
import dev.latchkey.adapters.web.request.Secret;
import dev.latchkey.application.port.in.session.IssuedTokens;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * In a cookie (RFC 6265) that the browser sends to this host alone, by TLS alone (or on this
 * machine), with requests of pages of the same site alone, and shows to no script. The browser
 * keeps the refresh token.
 */
final class CookieTransport implements RefreshTokenTransport {

  /** A browser accepts a cookie of this prefix only from this very host, for all of its paths. */
  static final String NAME = "__Host-latchkey";

  private final Secret presented;

  /**
   * @param request one of a page that may call this service
   */
  CookieTransport(HttpRequest<?> request) {
    this.presented = among(request.getHeaders().getAll(HttpHeaders.COOKIE));
  }

  /**
   * The one of exactly this name (RFC 6265 §4.2.1). Parsers of frameworks look over characters in
   * front of a name, such as a comma; with one of these, the name has the prefix no longer, and a
   * browser lets other hosts of the domain set it.
   */
  private static Secret among(List<String> headers) {
    return headers.stream()
        .flatMap(header -> Stream.of(header.split(";", -1)))
        .map(pair -> pair.startsWith(" ") ? pair.substring(1) : pair)
        .filter(pair -> pair.startsWith(NAME + "="))
        .findFirst()
        .map(pair -> new Secret(pair.substring(NAME.length() + 1)))
        .orElse(Secret.EMPTY);
  }

  @Override
  public boolean keptByBrowser() {
    return true;
  }

  @Override
  public Secret required(Secret inJson) {
    if (optional(inJson).isEmpty()) {
      throw new ProblemException(ProblemCode.INVALID_REFRESH_TOKEN, List.of());
    }
    return presented;
  }

  @Override
  public Secret optional(Secret inJson) {
    if (!inJson.isEmpty()) {
      throw ProblemException.ofField(
          "refreshToken", "not_allowed", "must be left out where a cookie carries it");
    }
    return presented;
  }

  @Override
  public @Nullable Secret inAnswer(IssuedTokens tokens) {
    return null;
  }

  /** The cookie goes when the session ends, unless another exchange comes first. */
  @Override
  public <T> MutableHttpResponse<T> issue(MutableHttpResponse<T> answer, IssuedTokens tokens) {
    Duration untilExpiry =
        Duration.between(tokens.accessToken().issuedAt(), tokens.session().expiresAt());
    return answer.cookie(
        cookie(tokens.refreshTokenText().reveal()).maxAge(untilExpiry.toSeconds()));
  }

  @Override
  public <T> MutableHttpResponse<T> end(MutableHttpResponse<T> answer) {
    return answer.cookie(cookie("").maxAge(0));
  }

  static String setCookie(String refreshToken) {
    Duration week = Duration.ofDays(7);
    return String.valueOf(
        HttpResponse.ok()
            .cookie(cookie(refreshToken).maxAge(week.toSeconds()))
            .getHeaders()
            .get(HttpHeaders.SET_COOKIE));
  }

  private static Cookie cookie(String value) {
    return Cookie.of(NAME, value).path("/").secure(true).httpOnly(true).sameSite(SameSite.Strict);
  }
}
