package dev.latchkey.adapters.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpCookie;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The refresh token in a cookie, for the pages of a browser. */
class CookieHttpTest extends HttpTest {

  private static final String NAME = "__Host-latchkey";

  private static final List<String> SAME_ORIGIN =
      List.of(
          "Latchkey-Refresh-Token",
          "cookie",
          "Origin",
          "https://auth.example.org",
          "Sec-Fetch-Site",
          "same-origin");

  private static final Map<String, ?> EMPTY = Map.of();

  @Test
  void aRegistrationALoginAndAnExchangeSetTheCookieAndShowNoRefreshToken() {
    String name = Client.someone();
    Answer registered = registerFromPage(name).hasStatus(201);
    Answer loggedIn = fromPage("/api/auth/login", credentials(name)).hasStatus(200);
    Answer exchanged = fromPage("/api/auth/refresh", EMPTY, cookie(loggedIn)).hasStatus(200);

    for (Answer answer : List.of(registered, loggedIn, exchanged)) {
      assertThat(answer.body()).doesNotContain("lkr_").doesNotContain("\"refreshToken\"");
      assertThat(answer.headers("Set-Cookie"))
          .singleElement()
          .asString()
          .matches(
              "__Host-latchkey=lkr_[A-Za-z0-9_-]{72}; Max-Age=[0-9]+; Expires=[^;]+; Path=/;"
                  + " Secure; HTTPOnly; SameSite=Strict");
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }
    assertThat(registered.text("/tokens/refreshTokenExpiresAt")).isNotEmpty();
    assertThat(exchanged.text("/refreshTokenExpiresAt")).isNotEmpty();
    assertThat(exchanged.text("/outcome")).isEqualTo("rotated");
    client.me(exchanged.accessToken()).hasStatus(200);
  }

  @Test
  void theCookieLastsAsLongAsTheSessionMayBeIdleAndNotPastItsEnd() {
    Answer answer = registerFromPage(Client.someone()).hasStatus(201);
    assertThat(maxAge(answer)).isEqualTo(Duration.ofDays(7).toSeconds());

    for (int day = 6; day <= 24; day += 6) {
      clock.advance(Duration.ofDays(6));
      answer = exchange(cookie(answer)).hasStatus(200);
    }
    assertThat(maxAge(answer)).isEqualTo(Duration.ofDays(6).toSeconds());
  }

  @Test
  void aLostAnswerIsMadeGoodWithTheCookieThatIsStillThere() {
    String cookie = newcomer();
    Answer lost = exchange(cookie).hasStatus(200);
    Answer again = exchange(cookie).hasStatus(200);

    assertThat(again.text("/outcome")).isEqualTo("retried");
    assertThat(cookie(again)).isEqualTo(cookie(lost));
  }

  @Test
  void theIdempotencyKeyOfAnExchangeMakesItGoodForADay() {
    String cookie = newcomer();
    Answer lost = exchange(cookie, "Idempotency-Key", "one").hasStatus(200);
    clock.advance(Duration.ofHours(23));

    Answer again = exchange(cookie, "Idempotency-Key", "one").hasStatus(200);
    assertThat(cookie(again)).isEqualTo(cookie(lost));
  }

  @Test
  void aReusedCookieEndsTheSessionAndIsCleared() {
    String first = newcomer();
    String second = cookie(exchange(first).hasStatus(200));
    String third = cookie(exchange(second).hasStatus(200));

    isCleared(exchange(first).isProblem(401, "refresh_token_reused"));
    isCleared(exchange(third).isProblem(401, "session_revoked"));
  }

  @Test
  void theCookieOfAnExpiredSessionIsCleared() {
    String cookie = newcomer();
    clock.advance(Duration.ofDays(7));

    isCleared(exchange(cookie).isProblem(401, "refresh_token_expired"));
  }

  /** It may be valid all the same: for a database that was restored, or for another node. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "lkr_x", "\"\""})
  void aCookieThatIsNotKnownIsNotCleared(String value) {
    isLeftAlone(exchange(NAME + "=" + value).isProblem(401, "invalid_refresh_token"));
  }

  @Test
  void withoutTheCookieThereIsNothingToExchange() {
    isLeftAlone(fromPage("/api/auth/refresh", EMPTY).isProblem(401, "invalid_refresh_token"));
  }

  @Test
  void aRefusedLoginLeavesTheEarlierSessionAndItsCookieAlone() {
    String name = Client.someone();
    String cookie = cookie(registerFromPage(name).hasStatus(201));
    Map<String, String> wrong = Map.of("username", name, "password", "not the password");

    isLeftAlone(fromPage("/api/auth/login", wrong, cookie).isProblem(401, "invalid_credentials"));
    isLeftAlone(
        fromPage("/api/auth/login", Map.of("username", name), cookie)
            .isProblem(400, "validation_failed"));
    exchange(cookie).hasStatus(200);
  }

  @Test
  void aLoginEndsTheSessionThatTheBrowserHadBefore() {
    String name = Client.someone();
    String earlier = cookie(registerFromPage(name).hasStatus(201));

    String cookie = cookie(fromPage("/api/auth/login", credentials(name), earlier).hasStatus(200));

    exchange(earlier).isProblem(401, "session_revoked");
    exchange(cookie).hasStatus(200);
  }

  /** Nobody holds it any more, and whoever it belonged to takes it for logged out. */
  @Test
  void aLoginOfSomebodyElseEndsTheSessionThatTheBrowserHadBefore() {
    String somebody = Client.someone();
    registerFromPage(somebody).hasStatus(201);
    String earlier = newcomer();

    Map<String, String> wrong = Map.of("username", somebody, "password", "not the password");
    fromPage("/api/auth/login", wrong, earlier).hasStatus(401);
    String kept = cookie(exchange(earlier).hasStatus(200));
    String cookie = cookie(fromPage("/api/auth/login", credentials(somebody), kept).hasStatus(200));

    exchange(kept).isProblem(401, "session_revoked");
    exchange(cookie).hasStatus(200);
  }

  @Test
  void aRegistrationEndsTheSessionThatTheBrowserHadBefore() {
    String name = Client.someone();
    String earlier = cookie(registerFromPage(name).hasStatus(201));

    isLeftAlone(
        fromPage("/api/accounts", registration(name), earlier).isProblem(409, "username_taken"));
    String kept = cookie(exchange(earlier).hasStatus(200));
    Answer other = fromPage("/api/accounts", registration(Client.someone()), kept).hasStatus(201);

    exchange(kept).isProblem(401, "session_revoked");
    exchange(cookie(other)).hasStatus(200);
  }

  /**
   * A browser lets other hosts of the domain set cookies of these names, for they do not begin with
   * {@code __Host-}.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        ",%s",
        ", %s",
        ";,%s",
        "a=b,%s",
        "$Version=1,%s",
        "$Version=1; ,%s",
        "=%s",
        "\"%s\"",
        "\u00a0%s",
        "\u0085%s",
        "a=b;  %s"
      })
  void aCookieWhoseNameIsAlmostTheSameIsAnother(String format) {
    String cookie = newcomer();

    isLeftAlone(exchange(format.formatted(cookie)).isProblem(401, "invalid_refresh_token"));
    exchange(cookie.replaceFirst("__Host", "__HOST")).isProblem(401, "invalid_refresh_token");
    exchange(cookie).hasStatus(200);
  }

  /** HTTP allows a browser to divide its cookies (RFC 9113 §8.2.3), and other programs set some. */
  @Test
  void theCookieIsFoundAmongOthersHoweverTheyCome() {
    String cookie = newcomer();

    cookie = cookie(exchange("a=1; b={\"x\": 1}; c; =d; " + cookie + "; e=\"f").hasStatus(200));
    cookie = cookie(exchange("a=1", "Cookie", cookie).hasStatus(200));
    isLeftAlone(exchange(cookie.toLowerCase(Locale.ROOT)).isProblem(401, "invalid_refresh_token"));
    exchange(cookie).hasStatus(200);
  }

  /** What a browser shows with a bad token in a header must not hide what it has in its cookie. */
  @Test
  void aTokenInTheHeaderChangesNothingAboutTheCookie() {
    String cookie = newcomer();
    String other = client.newcomer().access();

    fromPage("/api/auth/revoke", EMPTY, cookie, "Authorization", "Bearer " + other).hasStatus(204);
    exchange(cookie).isProblem(401, "session_revoked");
    client.me(other).hasStatus(200);
  }

  @Test
  void anUnknownClientGetsNothingForTheCookie() {
    String cookie = newcomer();

    isLeftAlone(
        fromPage("/api/auth/refresh", Map.of("clientId", "nobody"), cookie)
            .isProblem(401, "invalid_client"));
    isLeftAlone(
        fromPage("/api/auth/revoke", Map.of("clientId", "nobody"), cookie)
            .isProblem(401, "invalid_client"));
    exchange(cookie).hasStatus(200);
  }

  @Test
  void aLogoutEndsTheSessionAndClearsTheCookieHoweverOftenItComes() {
    String cookie = newcomer();

    isCleared(fromPage("/api/auth/revoke", EMPTY, cookie).hasStatus(204));
    isCleared(fromPage("/api/auth/revoke", EMPTY, cookie).hasStatus(204));
    fromPage("/api/auth/revoke", EMPTY).hasStatus(204);
    exchange(cookie).isProblem(401, "session_revoked");
  }

  @Test
  void aLogoutWithoutTheCookieEndsTheSessionOfTheAccessToken() {
    String cookie = newcomer();
    String access = exchange(cookie).hasStatus(200).accessToken();

    fromPage("/api/auth/revoke", EMPTY, "", "Authorization", "Bearer " + access).hasStatus(204);
    exchange(cookie).isProblem(401, "session_revoked");
  }

  @Test
  void theCookieIsNothingToACallerThatDoesNotAskForIt() {
    String cookie = newcomer();

    Answer refused = client.post("/api/auth/refresh", EMPTY, "Cookie", cookie);
    refused.isProblem(400, "validation_failed").hasFieldError("refreshToken", "required");
    client
        .post("/api/auth/revoke", EMPTY, "Cookie", cookie)
        .isProblem(401, "access_token_required");
    client.get("/api/accounts/me", "Cookie", cookie).isProblem(401, "access_token_required");
    exchange(cookie).hasStatus(200);
  }

  @Test
  void theCookieIsNothingToOAuth() {
    String cookie = newcomer();

    client
        .form(
            "/oauth2/token",
            List.of("grant_type", "refresh_token", "client_id", "latchkey"),
            pageHeaders(cookie))
        .hasStatus(400);
    exchange(cookie).hasStatus(200);
  }

  @Test
  void aRefreshTokenTravelsInOnePlaceOnly() {
    String cookie = newcomer();
    String other = client.newcomer().refresh();

    for (String path : List.of("/api/auth/refresh", "/api/auth/revoke")) {
      isLeftAlone(
          fromPage(path, Map.of("refreshToken", other), cookie)
              .isProblem(400, "validation_failed")
              .hasFieldError("refreshToken", "not_allowed"));
    }
    client.refresh(other).hasStatus(200);
    exchange(cookie).hasStatus(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Cookie", "body", "cookie, cookie"})
  void thereIsNoOtherPlaceToAskFor(String value) {
    client
        .post("/api/auth/refresh", EMPTY, "Latchkey-Refresh-Token", value)
        .isProblem(400, "validation_failed")
        .hasFieldError("Latchkey-Refresh-Token", "invalid_format");
  }

  @ParameterizedTest
  @MethodSource("callsWithTheCookie")
  void aPageOfAnotherSiteCannotUseTheCookie(String path, Map<String, ?> body) {
    String cookie = newcomer();

    for (String site : List.of("cross-site", "same-site", "none")) {
      isLeftAlone(
          client
              .post(
                  path,
                  body,
                  "Latchkey-Refresh-Token",
                  "cookie",
                  "Origin",
                  "https://evil.example",
                  "Sec-Fetch-Site",
                  site,
                  "Cookie",
                  cookie)
              .isProblem(403, "origin_not_allowed"));
    }
    isLeftAlone(
        client
            .post(path, body, "Latchkey-Refresh-Token", "cookie", "Cookie", cookie)
            .isProblem(403, "origin_not_allowed"));
    exchange(cookie).hasStatus(200);
  }

  static Stream<Arguments> callsWithTheCookie() {
    String name = Client.someone();
    return Stream.of(
        Arguments.of("/api/auth/refresh", EMPTY),
        Arguments.of("/api/auth/revoke", EMPTY),
        Arguments.of("/api/auth/login", credentials(name)),
        Arguments.of("/api/accounts", registration(name)));
  }

  /** What a form of another site can send: no header of its own, and no JSON. */
  @ParameterizedTest
  @CsvSource({
    "application/x-www-form-urlencoded, x=y",
    "text/plain, {}",
    "multipart/form-data; boundary=b, x"
  })
  void aFormOfAnotherSiteIsRejected(String type, String body) {
    String cookie = newcomer();

    isLeftAlone(
        client
            .send(
                client
                    .request(
                        "/api/auth/refresh",
                        "Content-Type",
                        type,
                        "Origin",
                        "https://evil.example",
                        "Cookie",
                        cookie)
                    .POST(BodyPublishers.ofString(body)))
            .isProblem(415, "unsupported_media_type"));
    exchange(cookie).hasStatus(200);
  }

  private String newcomer() {
    return cookie(registerFromPage(Client.someone()).hasStatus(201));
  }

  private Answer registerFromPage(String name) {
    return fromPage("/api/accounts", registration(name));
  }

  private static Map<String, String> registration(String name) {
    return Map.of("username", name, "email", name + "@example.org", "password", Client.PASSWORD);
  }

  private static Map<String, String> credentials(String name) {
    return Map.of("username", name, "password", Client.PASSWORD);
  }

  private Answer exchange(String cookie, String... headers) {
    return fromPage("/api/auth/refresh", EMPTY, cookie, headers);
  }

  private Answer fromPage(String path, Map<String, ?> body) {
    return fromPage(path, body, "");
  }

  private Answer fromPage(String path, Map<String, ?> body, String cookie, String... headers) {
    return client.post(path, body, pageHeaders(cookie, headers));
  }

  private static String[] pageHeaders(String cookie, String... headers) {
    var all = new ArrayList<>(SAME_ORIGIN);
    if (!cookie.isEmpty()) {
      all.addAll(List.of("Cookie", cookie));
    }
    all.addAll(List.of(headers));
    return all.toArray(String[]::new);
  }

  /** As a browser sends it back. */
  private static String cookie(Answer answer) {
    return NAME + "=" + setCookie(answer).getValue();
  }

  private static long maxAge(Answer answer) {
    return setCookie(answer).getMaxAge();
  }

  private static HttpCookie setCookie(Answer answer) {
    return HttpCookie.parse(answer.header("Set-Cookie")).getFirst();
  }

  private static void isCleared(Answer answer) {
    assertThat(setCookie(answer).getName()).isEqualTo(NAME);
    assertThat(setCookie(answer).getValue()).isEmpty();
    assertThat(maxAge(answer)).isZero();
    assertThat(answer.header("Set-Cookie")).endsWith("; Path=/; Secure; HTTPOnly; SameSite=Strict");
  }

  private static void isLeftAlone(Answer answer) {
    assertThat(answer.headers("Set-Cookie")).isEmpty();
  }
}
