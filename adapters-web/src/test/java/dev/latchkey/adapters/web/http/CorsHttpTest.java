package dev.latchkey.adapters.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pages of other addresses may call (the Fetch standard, CORS protocol). */
class CorsHttpTest extends HttpTest {

  private static final String APP = "https://app.example.org";
  private static final String LOGIN = "/api/auth/login";

  private final Client open =
      Node.shared(Map.of("latchkey.http.allowed-origins", APP + ", http://localhost:4200"))
          .client();

  @ParameterizedTest
  @ValueSource(strings = {APP, "null", "http://localhost:4200", "*"})
  void closedToAllOthersByDefault(String origin) {
    hasNoCors(client.get("/.well-known/jwks.json", "Origin", origin));
    hasNoCors(preflight(client, LOGIN, origin, "POST", "content-type"));
    hasNoCors(client.post("/api/auth/refresh", Map.of(), "Origin", origin));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "*",
        "https://app.example.org.evil.example",
        "https://evil.example",
        "http://app.example.org",
        "https://app.example.org:8443",
        "https://sub.app.example.org",
        "http://localhost",
        "HTTPS://app.example.org"
      })
  void closedToOthersThanTheAllowed(String origin) {
    hasNoCors(open.get("/.well-known/jwks.json", "Origin", origin));
    hasNoCors(preflight(open, LOGIN, origin, "POST", "content-type"));
    hasNoCors(open.post("/api/auth/refresh", Map.of(), "Origin", origin));
  }

  @ParameterizedTest
  @ValueSource(strings = {APP, "http://localhost:4200"})
  void anAllowedOriginMayCallWithCredentialsAndIsNamedExactly(String origin) {
    Answer answer = open.post("/api/auth/refresh", Map.of(), "Origin", origin).hasStatus(400);

    assertThat(answer.headers("Access-Control-Allow-Origin")).containsExactly(origin);
    assertThat(answer.headers("Access-Control-Allow-Credentials")).containsExactly("true");
    assertThat(answer.headers("Vary")).contains("Origin");
    assertThat(answer.header("Access-Control-Expose-Headers"))
        .contains("Token-Expired", "WWW-Authenticate", "Retry-After", "DPoP-Nonce", "Date");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/auth/login",
    "GET, /api/accounts/me",
    "PATCH, /api/accounts/me",
    "DELETE, /api/accounts/me",
    "PUT, /api/accounts/me/password",
    "DELETE, /api/sessions/7f1f6a3e-5d4c-4b8a-9d43-2f6b6a1c0b7e",
    "POST, /oauth2/token"
  })
  void anAllowedOriginMayAskBeforehand(String method, String path) {
    Answer answer =
        preflight(
                open,
                path,
                APP,
                method,
                "authorization,content-type,dpop,idempotency-key,latchkey-refresh-token")
            .hasStatus(200);

    assertThat(answer.headers("Access-Control-Allow-Origin")).containsExactly(APP);
    assertThat(answer.headers("Access-Control-Allow-Credentials")).containsExactly("true");
    assertThat(answer.header("Access-Control-Allow-Methods")).contains(method);
    assertThat(answer.header("Access-Control-Allow-Headers").toLowerCase(Locale.ROOT))
        .contains(
            "authorization", "content-type", "dpop", "idempotency-key", "latchkey-refresh-token");
    assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("3600");
  }

  @Test
  void notEverythingMayBeSent() {
    assertThat(
            preflight(open, LOGIN, APP, "POST", "x-other").headers("Access-Control-Allow-Headers"))
        .isEmpty();
    assertThat(preflight(open, LOGIN, APP, "TRACE", "content-type").status()).isNotEqualTo(200);
  }

  /** The page reads why, also where the request got no further than a filter. */
  @Test
  void refusalsAreReadableToAnAllowedOrigin() {
    for (Answer answer :
        new Answer[] {
          open.get("/api/accounts/me", "Origin", APP).isProblem(401, "access_token_required"),
          open.get("/api/nothing", "Origin", APP).isProblem(404, "not_found"),
          open.postText("/api/auth/login", "{", "Origin", APP).isProblem(400, "malformed_json")
        }) {
      assertThat(answer.headers("Access-Control-Allow-Origin")).containsExactly(APP);
    }
  }

  /** Or a cache would give a page of another origin what it has got for one of the service. */
  @ParameterizedTest
  @ValueSource(
      strings = {"/.well-known/jwks.json", "/pages/style.css", "/openapi/latchkey.yml", "/api/x"})
  void cachesKeepAnswersForEachOriginApart(String path) {
    assertThat(open.get(path).headers("Vary")).contains("Origin");
    assertThat(open.get(path, "Origin", "https://evil.example").headers("Vary")).contains("Origin");
    assertThat(open.get(path, "Origin", APP).headers("Vary")).containsOnlyOnce("Origin");
    assertThat(client.get(path).headers("Vary")).doesNotContain("Origin");
  }

  @Test
  void anOptionsRequestThatIsNoPreflightIsNothingSpecial() {
    for (Client each : List.of(client, open)) {
      Answer answer =
          each.send(each.request(LOGIN).method("OPTIONS", BodyPublishers.noBody())).hasStatus(405);
      hasNoCors(answer);
    }
  }

  /** As nginx forwards it by default, from the same machine. */
  @Test
  void thePagesOfTheServiceMayCallThroughAProxyThatRenamesTheHost() {
    client
        .post("/api/auth/refresh", Map.of(), "Origin", "https://auth.example.org")
        .isProblem(400, "validation_failed");
  }

  /** The cookie may be used by an application of the same site at another address. */
  @Test
  void anAllowedOriginOfTheSameSiteMayUseTheCookie() {
    String name = Client.someone();
    Map<String, String> registration =
        Map.of("username", name, "email", name + "@example.org", "password", Client.PASSWORD);
    Answer answer =
        open.post(
                "/api/accounts",
                registration,
                "Latchkey-Refresh-Token",
                "cookie",
                "Origin",
                APP,
                "Sec-Fetch-Site",
                "same-site")
            .hasStatus(201);

    assertThat(answer.header("Set-Cookie")).startsWith("__Host-latchkey=lkr_");
    client
        .post(
            "/api/auth/refresh",
            Map.of(),
            "Latchkey-Refresh-Token",
            "cookie",
            "Origin",
            APP,
            "Sec-Fetch-Site",
            "same-site",
            "Cookie",
            answer.header("Set-Cookie").replaceAll(";.*", ""))
        .isProblem(403, "origin_not_allowed");
  }

  private static Answer preflight(
      Client client, String path, String origin, String method, String headers) {
    return client.send(
        client
            .request(
                path,
                "Origin",
                origin,
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                headers)
            .method("OPTIONS", BodyPublishers.noBody()));
  }

  private static void hasNoCors(Answer answer) {
    assertThat(answer.http().headers().map().keySet())
        .noneMatch(name -> name.startsWith("access-control-"));
  }
}
