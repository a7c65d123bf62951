package dev.latchkey.adapters.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.domain.client.ClientSecret;
import java.net.http.HttpRequest.BodyPublishers;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoints of RFC 6749 §6, RFC 7009 and RFC 7662, and the metadata of RFC 8414. */
class OAuth2HttpTest extends HttpTest {

  private static final String TOKEN = "/oauth2/token";
  private static final String REVOKE = "/oauth2/revoke";
  private static final String INTROSPECT = "/oauth2/introspect";

  @Test
  void theHashOfTheTestIsThatOfItsSecret() {
    assertThat(new ClientSecret(TestClients.SECRET).hash().text()).isEqualTo(TestClients.HASH);
  }

  // The token endpoint.

  @Test
  void exchangesARefreshTokenAsRfc6749Says() throws ParseException {
    Tokens first = client.newcomer();

    Answer answer = exchange(first.refresh(), "client_id", "latchkey").hasStatus(200);

    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("Pragma")).isEqualTo("no-cache");
    assertThat(answer.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "access_token", "token_type", "expires_in", "refresh_token", "scope");
    assertThat(answer.text("/token_type")).isEqualTo("Bearer");
    assertThat(answer.json().at("/expires_in").numberValue()).isEqualTo(300);
    assertThat(answer.text("/scope")).isEqualTo("user");
    assertThat(answer.text("/refresh_token")).startsWith("lkr_").isNotEqualTo(first.refresh());
    assertThat(claims(answer).getStringClaim("client_id")).isEqualTo("latchkey");
    client.me(answer.text("/access_token")).hasStatus(200);
  }

  @Test
  void isTheSameProtocolAsThatOfTheApi() {
    Tokens first = client.newcomer();
    String second =
        exchange(first.refresh(), "client_id", "latchkey").hasStatus(200).text("/refresh_token");

    // The answer was lost: the same successor, whichever way is asked.
    assertThat(exchange(first.refresh(), "client_id", "latchkey").text("/refresh_token"))
        .isEqualTo(second);
    assertThat(client.refresh(first.refresh()).hasStatus(200).refreshToken()).isEqualTo(second);

    String third = client.refresh(second).hasStatus(200).refreshToken();
    isError(
        exchange(first.refresh(), "client_id", "latchkey"), 400, "invalid_grant", "used before");
    isError(exchange(third, "client_id", "latchkey"), 400, "invalid_grant", "revoked");
    client.refresh(third).isProblem(401, "session_revoked");
  }

  @Test
  void aLateRetryWithItsIdempotencyKeyIsNoReuse() {
    Tokens first = client.newcomer();
    List<String> form = refreshForm(first.refresh(), "client_id", "latchkey");
    String second =
        client.form(TOKEN, form, "Idempotency-Key", "k-1").hasStatus(200).text("/refresh_token");
    clock.advance(Duration.ofHours(1));

    assertThat(client.form(TOKEN, form, "Idempotency-Key", "k-1").text("/refresh_token"))
        .isEqualTo(second);
    isError(
        client.form(TOKEN, form, "Idempotency-Key", "x".repeat(256)),
        400,
        "invalid_request",
        "Idempotency-Key");
  }

  @Test
  void anExpiredSessionIsAnInvalidGrant() {
    Tokens first = client.newcomer();
    clock.advance(Duration.ofDays(7));

    isError(
        exchange(first.refresh(), "client_id", "latchkey"), 400, "invalid_grant", "Log in again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "lkr_", "null", "\u0000", "\ud83d\udd11"})
  void anUnknownTokenIsAnInvalidGrant(String text) {
    isError(exchange(text, "client_id", "latchkey"), 400, "invalid_grant", "not valid");
  }

  @Test
  void anAccessTokenIsNoRefreshToken() {
    isError(
        exchange(client.newcomer().access(), "client_id", "latchkey"),
        400,
        "invalid_grant",
        "not valid");
  }

  @Test
  void anAccessTokenThatIsSentAlongMustBeOfTheSession() {
    Tokens ada = client.newcomer();
    String other = client.newcomer().access();

    isError(
        exchange(ada.refresh(), "client_id", "latchkey", "access_token", other),
        400,
        "invalid_grant",
        "not belong");
    exchange(ada.refresh(), "client_id", "latchkey", "access_token", ada.access()).hasStatus(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "client_credentials",
        "authorization_code",
        "Refresh_Token",
        "refresh_token "
      })
  void thereIsNoOtherGrant(String grantType) {
    List<String> form =
        List.of(
            "grant_type",
            grantType,
            "client_id",
            "latchkey",
            "username",
            "ada",
            "password",
            Client.PASSWORD,
            "refresh_token",
            client.newcomer().refresh());

    isError(client.form(TOKEN, form), 400, "unsupported_grant_type", "refresh_token");
  }

  @ParameterizedTest
  @MethodSource("incompleteForms")
  void aParameterThatIsMissingOrEmptyIsNamed(List<String> form, String missing) {
    isError(client.form(TOKEN, form), 400, "invalid_request", missing);
  }

  static Stream<Arguments> incompleteForms() {
    return Stream.of(
        Arguments.of(List.of("client_id", "latchkey", "refresh_token", "x"), "grant_type"),
        Arguments.of(
            List.of("client_id", "latchkey", "refresh_token", "x", "grant_type", ""), "grant_type"),
        Arguments.of(
            List.of("client_id", "latchkey", "grant_type", "refresh_token"), "refresh_token"),
        Arguments.of(
            List.of("client_id", "latchkey", "grant_type", "refresh_token", "refresh_token", ""),
            "refresh_token"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"grant_type", "refresh_token", "client_id", "scope", "unknown"})
  void aParameterThatComesTwiceIsRefusedAndNothingIsSpent(String name) {
    Tokens ada = client.newcomer();
    var form =
        new ArrayList<>(
            refreshForm(ada.refresh(), "client_id", "latchkey", "scope", "user", "unknown", "1"));
    form.addAll(List.of(name, form.get(form.indexOf(name) + 1)));

    isError(client.form(TOKEN, form), 400, "invalid_request", "once");

    client.form(TOKEN, form.subList(0, form.size() - 2)).hasStatus(200);
  }

  @Test
  void aParameterWithoutAValueCountsAsLeftOut() {
    Tokens ada = client.newcomer();

    Answer answer =
        exchange(
            ada.refresh(),
            "client_id",
            "latchkey",
            "scope",
            "",
            "client_secret",
            "",
            "access_token",
            "");

    assertThat(answer.hasStatus(200).text("/scope")).isEqualTo("user");
  }

  @Test
  void ignoresParametersThatItDoesNotKnow() throws ParseException {
    Tokens ada = client.newcomer();
    String[] unknown = {
      "resource", "https://orders.example.org", "audience", "orders", "grant_types", "password"
    };

    Answer answer = exchange(ada.refresh(), plus(unknown, "client_id", "latchkey")).hasStatus(200);
    String access = answer.text("/access_token");

    assertThat(claims(answer).getAudience()).containsExactly("latchkey");
    List<String> token = List.of(plus(unknown, "token", access));
    Answer introspection =
        client
            .form(
                INTROSPECT, token, "Authorization", TestClients.basic("orders", TestClients.SECRET))
            .hasStatus(200);
    assertThat(introspection.json().at("/active").asBoolean()).isTrue();
    client
        .form(REVOKE, List.of(plus(unknown, "token", access, "client_id", "latchkey")))
        .hasStatus(200);
    isInactive(introspect(access));
  }

  @Test
  void takesFormsAlone() {
    Tokens ada = client.newcomer();
    var json =
        Map.of(
            "grant_type", "refresh_token", "refresh_token", ada.refresh(), "client_id", "latchkey");
    String form = "grant_type=refresh_token&client_id=latchkey&refresh_token=" + ada.refresh();

    isError(client.post(TOKEN, json), 400, "invalid_request", "x-www-form-urlencoded");
    isError(client.postText(TOKEN, form), 400, "invalid_request", "x-www-form-urlencoded");
    isError(
        client.send(client.request(TOKEN).POST(BodyPublishers.ofString(form))),
        400,
        "invalid_request",
        "x-www-form-urlencoded");
    isError(
        client.send(client.request(TOKEN).POST(BodyPublishers.noBody())),
        400,
        "invalid_request",
        "form-urlencoded");
    isError(
        client.formText(TOKEN, form + "&x=%zz"), 400, "invalid_request", "x-www-form-urlencoded");
    isError(client.formText(TOKEN, ""), 400, "invalid_request", "x-www-form-urlencoded");
    client.formText(TOKEN, form).hasStatus(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {TOKEN, REVOKE, INTROSPECT})
  void takesNoParametersFromTheAddressEvenIfTheBodyIsComplete(String path) {
    String token = client.newcomer().refresh();
    String form =
        "grant_type=refresh_token&client_id=latchkey&token=" + token + "&refresh_token=" + token;

    for (String query : List.of("?" + form, "?client_id=latchkey", "?x")) {
      isError(client.formText(path + query, form), 400, "invalid_request", "form-urlencoded");
    }

    client.refresh(token).hasStatus(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {TOKEN, REVOKE, INTROSPECT, "/oauth2/authorize", "/oauth2/"})
  void refusalsOfTheFrameworkHaveTheSameForm(String path) {
    Answer answer = client.get(path);

    isError(answer, path.matches(".*(token|revoke|introspect)") ? 405 : 404, "invalid_request", "");
  }

  @Test
  void aHugeFormIsRefused() {
    isError(
        client.formText(TOKEN, "grant_type=" + "x".repeat(70_000)),
        413,
        "invalid_request",
        "larger");
  }

  // Scope.

  @Test
  void limitsTheAccessTokenToTheScopeThatIsAskedFor() throws Exception {
    Tokens ada = newcomerWithRoles("user", "editor");

    Answer limited =
        exchange(ada.refresh(), "client_id", "latchkey", "scope", "editor").hasStatus(200);
    Answer whole = exchange(limited.text("/refresh_token"), "client_id", "latchkey").hasStatus(200);

    assertThat(limited.text("/scope")).isEqualTo("editor");
    assertThat(claims(limited).getStringListClaim("roles")).containsExactly("editor");
    assertThat(whole.text("/scope")).isEqualTo("editor user");
    assertThat(claims(whole).getStringListClaim("roles")).containsExactly("editor", "user");
  }

  @Test
  void theOrderOfAScopeDoesNotMatter() throws Exception {
    Tokens ada = newcomerWithRoles("user", "editor", "auditor");

    Answer first =
        exchange(ada.refresh(), "client_id", "latchkey", "scope", "user editor").hasStatus(200);
    Answer second =
        exchange(ada.refresh(), "client_id", "latchkey", "scope", "editor user").hasStatus(200);

    assertThat(first.text("/scope")).isEqualTo("editor user").isEqualTo(second.text("/scope"));
    assertThat(claims(first).getStringListClaim("roles"))
        .containsExactly("editor", "user")
        .isEqualTo(claims(second).getStringListClaim("roles"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"admin", "user admin", "openid", " user", "user  user", "USER", "\"", "\u00fc"})
  void aScopeThatWasNotGrantedIsRefusedAndNothingIsSpent(String scope) {
    Tokens ada = client.newcomer();

    isError(
        exchange(ada.refresh(), "client_id", "latchkey", "scope", scope),
        400,
        "invalid_scope",
        "wider");

    Answer next = exchange(ada.refresh(), "client_id", "latchkey", "scope", "").hasStatus(200);
    assertThat(next.text("/scope")).isEqualTo("user");
  }

  // Clients.

  @Test
  void aPublicClientNamesItselfAndNoMore() {
    Tokens ada = client.newcomer();

    isInvalidClient(exchange(ada.refresh()));
    isInvalidClient(exchange(ada.refresh(), "client_id", "stranger"));
    isInvalidClient(
        exchange(ada.refresh(), "client_id", "latchkey", "client_secret", TestClients.SECRET));
    isInvalidClient(
        client.form(
            TOKEN,
            refreshForm(ada.refresh()),
            "Authorization",
            TestClients.basic("latchkey", TestClients.SECRET)));
    isInvalidClient(
        client.form(
            TOKEN, refreshForm(ada.refresh()), "Authorization", TestClients.basic("latchkey", "")));

    exchange(ada.refresh(), "client_id", "latchkey").hasStatus(200);
  }

  @Test
  void aConfidentialClientProvesItselfByItsSecret() throws ParseException {
    Tokens partners =
        newSession("partner", "Authorization", TestClients.basic("partner", TestClients.SECRET));

    isInvalidClient(exchange(partners.refresh(), "client_id", "partner"));
    isInvalidClient(
        exchange(partners.refresh(), "client_id", "partner", "client_secret", TestClients.SECRET));
    isInvalidClient(
        exchangeAs(partners.refresh(), TestClients.basic("partner", TestClients.SECRET + "x")));
    isInvalidClient(exchangeAs(partners.refresh(), TestClients.basic("partner", TestClients.HASH)));
    isInvalidClient(exchangeAs(partners.refresh(), TestClients.basic("orders", "")));
    isInvalidClient(
        exchangeAs(
            partners.refresh(),
            TestClients.basic("partner", TestClients.SECRET),
            "client_id",
            "orders"));

    Answer answer =
        exchangeAs(
                partners.refresh(),
                TestClients.basic("partner", TestClients.SECRET),
                "client_id",
                "partner")
            .hasStatus(200);
    assertThat(claims(answer).getStringClaim("client_id")).isEqualTo("partner");
  }

  @ParameterizedTest
  @ValueSource(strings = {TOKEN, REVOKE, INTROSPECT})
  void whoProvesItselfInTwoWaysAtOnceIsRefused(String path) {
    Tokens partners =
        newSession("partner", "Authorization", TestClients.basic("partner", TestClients.SECRET));
    List<String> form =
        refreshForm(
            partners.refresh(),
            "token",
            partners.access(),
            "client_id",
            "partner",
            "client_secret",
            TestClients.SECRET);

    isError(
        client.form(path, form, "Authorization", TestClients.basic("partner", TestClients.SECRET)),
        400,
        "invalid_request",
        "once");

    exchangeAs(partners.refresh(), TestClients.basic("partner", TestClients.SECRET)).hasStatus(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic",
        "Basic ",
        "Basic !",
        "Basic cGFydG5lcg==",
        "Basic //8=",
        "Basic JTp4",
        "Basicx",
        "basic Og"
      })
  void credentialsThatCannotBeReadAreNone(String authorization) {
    isInvalidClient(exchangeAs(client.newcomer().refresh(), authorization));
  }

  @Test
  void theTokenOfAnotherClientIsAnInvalidGrantAndNothingIsSpentOrEnded() {
    Tokens ada = client.newcomer();
    Tokens partners =
        newSession("partner", "Authorization", TestClients.basic("partner", TestClients.SECRET));

    isError(
        exchangeAs(ada.refresh(), TestClients.basic("partner", TestClients.SECRET)),
        400,
        "invalid_grant",
        "another client");
    isError(exchange(ada.refresh(), "client_id", "phone"), 400, "invalid_grant", "another client");
    isError(
        exchange(partners.refresh(), "client_id", "latchkey"),
        400,
        "invalid_grant",
        "another client");
    client.refresh(partners.refresh()).isProblem(401, "invalid_refresh_token");

    exchange(ada.refresh(), "client_id", "latchkey").hasStatus(200);
    exchangeAs(partners.refresh(), TestClients.basic("partner", TestClients.SECRET)).hasStatus(200);
  }

  @Test
  void theApiTakesOtherClientsTheSameWay() {
    Tokens phones = newSession("phone");

    client.refresh(phones.refresh()).isProblem(401, "invalid_refresh_token");
    client
        .post("/api/auth/refresh", Map.of("refreshToken", phones.refresh(), "clientId", "stranger"))
        .isProblem(401, "invalid_client");
    client
        .post("/api/auth/refresh", Map.of("refreshToken", phones.refresh(), "clientId", "partner"))
        .isProblem(401, "invalid_client");
    client.revoke(phones.refresh()).isProblem(401, "invalid_refresh_token");
    Answer next =
        client
            .post(
                "/api/auth/refresh", Map.of("refreshToken", phones.refresh(), "clientId", "phone"))
            .hasStatus(200);
    client
        .post("/api/auth/revoke", Map.of("refreshToken", next.refreshToken(), "clientId", "phone"))
        .hasStatus(204);
    isError(exchange(next.refreshToken(), "client_id", "phone"), 400, "invalid_grant", "revoked");
  }

  // Revocation.

  @ParameterizedTest
  @ValueSource(strings = {"", "refresh_token", "access_token", "saml", "\u0000"})
  void revokesRefreshAndAccessTokensWhateverTheHint(String hint) {
    Tokens laptop = client.newcomer();
    Tokens phone = client.newcomer();

    revoke(laptop.refresh(), hint).hasStatus(200);
    revoke(phone.access(), hint).hasStatus(200);

    client.refresh(laptop.refresh()).isProblem(401, "session_revoked");
    client.refresh(phone.refresh()).isProblem(401, "session_revoked");
  }

  @Test
  void revokingSaysNothingOfTheToken() {
    Tokens ada = client.newcomer();

    for (String token :
        List.of(ada.refresh(), ada.refresh(), ada.access(), "unknown", "lkr_" + "A".repeat(72))) {
      Answer answer = revoke(token, "").hasStatus(200);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }
  }

  @Test
  void revokesASpentToken() {
    Tokens ada = client.newcomer();
    String next = client.refresh(ada.refresh()).refreshToken();

    revoke(ada.refresh(), "").hasStatus(200);

    client.refresh(next).isProblem(401, "session_revoked");
  }

  @Test
  void revokesForTheClientOfTheTokenAlone() {
    Tokens ada = client.newcomer();

    isInvalidClient(client.form(REVOKE, List.of("token", ada.refresh())));
    isInvalidClient(client.form(REVOKE, List.of("token", ada.refresh(), "client_id", "partner")));
    for (String token : List.of(ada.refresh(), ada.access())) {
      isError(
          client.form(REVOKE, List.of("token", token, "client_id", "phone")),
          400,
          "invalid_grant",
          "another");
    }
    isError(client.form(REVOKE, List.of("client_id", "latchkey")), 400, "invalid_request", "token");

    client.refresh(ada.refresh()).hasStatus(200);
  }

  // Introspection.

  @Test
  void introspectsAnAccessToken() throws ParseException {
    Tokens ada = client.newcomer();
    JWTClaimsSet claims = SignedJWT.parse(ada.access()).getJWTClaimsSet();

    Answer answer = introspect(ada.access()).hasStatus(200);

    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.json().at("/active").asBoolean()).isTrue();
    assertThat(answer.text("/token_type")).isEqualTo("Bearer");
    assertThat(answer.text("/iss")).isEqualTo(claims.getIssuer());
    assertThat(answer.text("/aud")).isEqualTo(claims.getAudience().getFirst());
    assertThat(answer.text("/sub")).isEqualTo(claims.getSubject());
    assertThat(answer.text("/client_id")).isEqualTo("latchkey");
    assertThat(answer.text("/username")).isEqualTo(claims.getStringClaim("preferred_username"));
    assertThat(answer.text("/scope")).isEqualTo("user");
    assertThat(answer.text("/roles/0")).isEqualTo("user");
    assertThat(answer.text("/sid")).isEqualTo(ada.sessionId());
    assertThat(answer.json().at("/iat").asLong())
        .isEqualTo(claims.getIssueTime().toInstant().getEpochSecond());
    assertThat(answer.json().at("/exp").asLong())
        .isEqualTo(claims.getExpirationTime().toInstant().getEpochSecond());
  }

  @Test
  void introspectsARefreshTokenWithoutMakingItABearerToken() {
    Tokens ada = client.newcomer();

    Answer answer = introspect(ada.refresh()).hasStatus(200);

    assertThat(answer.json().at("/active").asBoolean()).isTrue();
    assertThat(answer.text("/sid")).isEqualTo(ada.sessionId());
    assertThat(answer.json().fieldNames())
        .toIterable()
        .doesNotContain("token_type", "aud", "scope", "roles");
    client.refresh(ada.refresh()).hasStatus(200);
    isInactive(introspect(ada.refresh()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "refresh_token", "access_token", "saml", "\u0000"})
  void introspectsRefreshAndAccessTokensWhateverTheHint(String hint) {
    Tokens ada = client.newcomer();

    for (String token : List.of(ada.access(), ada.refresh())) {
      List<String> form = List.of("token", token, "token_type_hint", hint);
      Answer answer =
          client
              .form(
                  INTROSPECT,
                  form,
                  "Authorization",
                  TestClients.basic("orders", TestClients.SECRET))
              .hasStatus(200);
      assertThat(answer.json().at("/active").asBoolean()).isTrue();
    }
  }

  @Test
  void aRevokedSessionMakesItsAccessTokensInactiveAtOnce() {
    Tokens ada = client.newcomer();
    String second = client.refresh(ada.refresh()).accessToken();

    revoke(ada.refresh(), "").hasStatus(200);

    isInactive(introspect(ada.access()));
    isInactive(introspect(second));
    isInactive(introspect(ada.refresh()));
  }

  @Test
  void anExpiredAccessTokenIsInactive() {
    Tokens ada = client.newcomer();
    clock.advance(Duration.ofMinutes(5));

    isInactive(introspect(ada.access()));
  }

  @Test
  void whatIsNotAuthenticIsInactive() {
    Tokens ada = client.newcomer();
    String access = ada.access();
    // The first character of the signature; the bits of the last do not all count.
    int signature = access.lastIndexOf('.') + 1;
    String changed =
        access.substring(0, signature)
            + (access.charAt(signature) == 'A' ? 'B' : 'A')
            + access.substring(signature + 1);

    for (String token :
        List.of("x", "lkr_x", changed, "lkr_" + "A".repeat(72), access.replaceAll("[^.]*$", ""))) {
      isInactive(introspect(token));
    }
  }

  @Test
  void introspectsForProvenCallersThatMayAloneAndSaysNothingToOthers() {
    String token = client.newcomer().access();
    List<String> form = List.of("token", token);

    isInvalidClient(client.form(INTROSPECT, form));
    isInvalidClient(client.form(INTROSPECT, form, "Authorization", "Bearer " + token));
    isInvalidClient(client.form(INTROSPECT, List.of("token", token, "client_id", "latchkey")));
    isInvalidClient(client.form(INTROSPECT, List.of("token", token, "client_id", "orders")));
    isInvalidClient(
        client.form(INTROSPECT, form, "Authorization", TestClients.basic("orders", "wrong")));
    isError(
        client.form(
            INTROSPECT, form, "Authorization", TestClients.basic("partner", TestClients.SECRET)),
        403,
        "unauthorized_client",
        "");
    isError(
        client.form(
            INTROSPECT,
            List.of("token", ""),
            "Authorization",
            TestClients.basic("orders", TestClients.SECRET)),
        400,
        "invalid_request",
        "token");
  }

  // Metadata.

  @Test
  void tellsWhereEverythingIs() {
    Answer answer = client.get("/.well-known/oauth-authorization-server").hasStatus(200);

    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.json().toString())
        .isEqualTo(
            "{\"issuer\":\"https://auth.example.org\","
                + "\"token_endpoint\":\"https://auth.example.org/oauth2/token\","
                + "\"revocation_endpoint\":\"https://auth.example.org/oauth2/revoke\","
                + "\"introspection_endpoint\":\"https://auth.example.org/oauth2/introspect\","
                + "\"jwks_uri\":\"https://auth.example.org/.well-known/jwks.json\","
                + "\"ended_sessions_uri\":\"https://auth.example.org/oauth2/ended-sessions\","
                + "\"response_types_supported\":[],\"grant_types_supported\":[\"refresh_token\"],"
                + "\"token_endpoint_auth_methods_supported\":[\"none\",\"client_secret_basic\"],"
                + "\"revocation_endpoint_auth_methods_supported\":[\"none\",\"client_secret_basic\"],"
                + "\"introspection_endpoint_auth_methods_supported\":[\"client_secret_basic\"],"
                + "\"dpop_signing_alg_values_supported\":"
                + "[\"ES256\",\"ES384\",\"ES512\",\"PS256\",\"RS256\"]}");
    client.get("/.well-known/oauth-authorization-server/other").isProblem(404, "not_found");
  }

  private static String[] plus(String[] parameters, String... more) {
    return Stream.concat(Stream.of(more), Stream.of(parameters)).toArray(String[]::new);
  }

  private Answer exchange(String refreshToken, String... more) {
    return client.form(TOKEN, refreshForm(refreshToken, more));
  }

  private Answer exchangeAs(String refreshToken, String authorization, String... more) {
    return client.form(TOKEN, refreshForm(refreshToken, more), "Authorization", authorization);
  }

  private static List<String> refreshForm(String refreshToken, String... more) {
    return Stream.concat(
            Stream.of("grant_type", "refresh_token", "refresh_token", refreshToken),
            Stream.of(more))
        .toList();
  }

  private Answer revoke(String token, String hint) {
    return client.form(
        REVOKE, List.of("token", token, "token_type_hint", hint, "client_id", "latchkey"));
  }

  private Answer introspect(String token) {
    return client.form(
        INTROSPECT,
        List.of("token", token),
        "Authorization",
        TestClients.basic("orders", TestClients.SECRET));
  }

  /** As RFC 6749 §2.3.1 has it: encoded like a form first. */
  private Tokens newSession(String clientId, String... headers) {
    String username = Client.someone();
    client.register(username).hasStatus(201);
    var login = Map.of("username", username, "password", Client.PASSWORD, "clientId", clientId);
    return Tokens.of(client.post("/api/auth/login", login, headers).hasStatus(200).json());
  }

  private static JWTClaimsSet claims(Answer answer) throws ParseException {
    return SignedJWT.parse(answer.text("/access_token")).getJWTClaimsSet();
  }

  private static void isInactive(Answer answer) {
    assertThat(answer.hasStatus(200).body()).isEqualTo("{\"active\":false}");
  }

  private static void isInvalidClient(Answer answer) {
    isError(answer, 401, "invalid_client", "client");
    assertThat(answer.header("WWW-Authenticate"))
        .isEqualTo("Basic realm=\"latchkey\", charset=\"UTF-8\"");
  }

  private static void isError(Answer answer, int status, String error, String description) {
    answer.hasStatus(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.json().fieldNames())
        .toIterable()
        .containsExactly("error", "error_description");
    assertThat(answer.text("/error")).isEqualTo(error);
    assertThat(answer.text("/error_description"))
        .contains(description)
        .matches("[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]+");
  }
}
