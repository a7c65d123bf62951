package dev.latchkey.adapters.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that are bound to a key of the device (RFC 9449), over HTTP. */
class BoundSessionsHttpTest extends HttpTest {

  private static final String ME = "/api/accounts/me";
  private static final String LOGIN = "/api/auth/login";
  private static final String REFRESH = "/api/auth/refresh";

  private DeviceKey device;
  private DeviceKey other;
  private String username;

  @BeforeEach
  void meetSomebodyWithADevice() {
    String issuer = client.get("/.well-known/oauth-authorization-server").text("/issuer");
    device = new DeviceKey(issuer, clock);
    other = new DeviceKey(issuer, clock);
    username = Client.someone();
  }

  @Test
  void aRegistrationWithAProofBindsTheSessionFromItsFirstTokenOn() {
    Answer answer =
        device
            .post(
                client,
                "/api/accounts",
                Map.of(
                    "username",
                    username,
                    "email",
                    username + "@example.org",
                    "password",
                    Client.PASSWORD))
            .hasStatus(201);

    assertThat(answer.text("/tokens/tokenType")).isEqualTo("DPoP");
    assertThat(claimsOf(answer.text("/tokens/accessToken")))
        .contains("\"cnf\":{\"jkt\":\"" + device.thumbprint() + "\"}");
    device.get(client, ME, answer.text("/tokens/accessToken")).hasStatus(200);
  }

  @Test
  void anExchangeNeedsAProofOfTheKeyAndChangesNothingWithoutOne() {
    Tokens bound = loggedIn();

    client.refresh(bound.refresh()).isProblem(400, "invalid_dpop_proof");
    other
        .post(client, REFRESH, Map.of("refreshToken", bound.refresh()))
        .isProblem(400, "invalid_dpop_proof");
    clock.advance(Duration.ofDays(2));
    client.refresh(bound.refresh()).isProblem(400, "invalid_dpop_proof");

    Answer exchanged =
        device.post(client, REFRESH, Map.of("refreshToken", bound.refresh())).hasStatus(200);
    assertThat(exchanged.text("/outcome")).isEqualTo("rotated");
    assertThat(exchanged.text("/tokenType")).isEqualTo("DPoP");
  }

  @Test
  void aSpentTokenWithoutTheKeyEndsNothing() {
    Tokens first = loggedIn();
    Answer second = exchange(first.refresh()).hasStatus(200);
    Answer third = exchange(second.refreshToken()).hasStatus(200);

    client.refresh(first.refresh()).isProblem(400, "invalid_dpop_proof");
    clock.advance(Duration.ofHours(1));
    client.refresh(second.refreshToken()).isProblem(400, "invalid_dpop_proof");
    client.revoke(third.refreshToken()).isProblem(400, "invalid_dpop_proof");

    exchange(third.refreshToken()).hasStatus(200);
  }

  @Test
  void aRetryWithTheKeyIsAnsweredHoweverLate() {
    Tokens first = loggedIn();
    Answer lost = exchange(first.refresh()).hasStatus(200);
    clock.advance(Duration.ofDays(3));

    Answer retry = exchange(first.refresh()).hasStatus(200);

    assertThat(retry.text("/outcome")).isEqualTo("retried");
    assertThat(retry.refreshToken()).isEqualTo(lost.refreshToken());
  }

  /** Whoever recorded it has the answer to it once more, and nothing that works without the key. */
  @Test
  void aCopyOfAnExchangeRotatesNothing() {
    Tokens first = loggedIn();
    String proof = device.proof("POST", REFRESH);
    Answer second =
        device
            .learn(client.post(REFRESH, Map.of("refreshToken", first.refresh()), "DPoP", proof))
            .hasStatus(200);

    Answer copy = client.post(REFRESH, Map.of("refreshToken", first.refresh()), "DPoP", proof);
    Answer next =
        client.post(REFRESH, Map.of("refreshToken", second.refreshToken()), "DPoP", proof);

    assertThat(copy.hasStatus(200).text("/outcome")).isEqualTo("retried");
    assertThat(copy.refreshToken()).isEqualTo(second.refreshToken());
    next.isProblem(400, "use_dpop_nonce");
    exchange(second.refreshToken()).hasStatus(200);
  }

  @Test
  void anExchangeNeverBinds() {
    client.register(username).hasStatus(201);
    Answer bearer = client.login(username, Client.PASSWORD).hasStatus(200);

    Answer exchanged = exchange(bearer.refreshToken()).hasStatus(200);

    assertThat(exchanged.text("/tokenType")).isEqualTo("Bearer");
    client.me(exchanged.accessToken()).hasStatus(200);
    client.refresh(exchanged.refreshToken()).hasStatus(200);
  }

  @Test
  void aClientMayBindTheRefreshTokenAlone() {
    client.register(username).hasStatus(201);
    Answer login =
        device
            .post(
                client,
                LOGIN,
                Map.of("username", username, "password", Client.PASSWORD, "tokenType", "Bearer"))
            .hasStatus(200);

    assertThat(login.text("/tokenType")).isEqualTo("Bearer");
    assertThat(claimsOf(login.accessToken())).doesNotContain("cnf");
    client.me(login.accessToken()).hasStatus(200);
    client.refresh(login.refreshToken()).isProblem(400, "invalid_dpop_proof");
    assertThat(exchange(login.refreshToken()).hasStatus(200).text("/tokenType"))
        .isEqualTo("Bearer");
  }

  @Test
  void boundTokensAreNotIssuedWithoutAProof() {
    client.register(username).hasStatus(201);

    client
        .post(LOGIN, Map.of("username", username, "password", Client.PASSWORD, "tokenType", "DPoP"))
        .isProblem(400, "invalid_dpop_proof");
    client
        .post(LOGIN, Map.of("username", username, "password", Client.PASSWORD, "tokenType", "MAC"))
        .isProblem(400, "validation_failed")
        .hasFieldError("tokenType", "invalid_value");
  }

  @Test
  void aCallNeedsTheSchemeAndAProofForItsToken() {
    Tokens bound = loggedIn();

    device.get(client, ME, bound.access()).hasStatus(200);
    assertChallenge(client.me(bound.access()), "Bearer error=\"invalid_token\"");
    assertChallenge(
        client.get(ME, "Authorization", "DPoP " + bound.access()),
        "DPoP error=\"invalid_dpop_proof\"");
    assertChallenge(
        client.get(ME, "Authorization", "DPoP " + bound.access(), "DPoP", device.proof("GET", ME)),
        "DPoP error=\"invalid_dpop_proof\"");
    device.get(client, ME, bound.access()).hasStatus(200);
  }

  @Test
  void aCallWithAProofOfAnotherKeyIsRefused() {
    Tokens bound = loggedIn();
    String nonce = other.get(client, ME, bound.access()).header("DPoP-Nonce");

    assertThat(nonce).isNotEmpty();
    assertChallenge(other.get(client, ME, bound.access()), "DPoP error=\"invalid_token\"");
  }

  @Test
  void aBearerTokenIsNoneOfTheOtherScheme() {
    Tokens bearer = client.newcomer();
    other.get(client, ME, bearer.access());

    assertChallenge(other.get(client, ME, bearer.access()), "DPoP error=\"invalid_token\"");
    client.me(bearer.access()).hasStatus(200);
  }

  @Test
  void challengesNameTheAlgorithms() {
    Tokens bound = loggedIn();

    assertThat(
            client
                .get(ME, "Authorization", "DPoP " + bound.access())
                .hasStatus(401)
                .header("WWW-Authenticate"))
        .endsWith("algs=\"ES256 ES384 ES512 PS256 RS256\"");
    assertThat(
            client
                .get("/.well-known/oauth-authorization-server")
                .json()
                .at("/dpop_signing_alg_values_supported"))
        .extracting(node -> node.asText())
        .containsExactly("ES256", "ES384", "ES512", "PS256", "RS256");
  }

  @Test
  void aProofWithoutTheNonceIsAskedForOne() {
    client.register(username).hasStatus(201);
    Answer refused =
        client.post(
            LOGIN,
            Map.of("username", username, "password", Client.PASSWORD),
            "DPoP",
            device.proof("POST", LOGIN));

    refused.isProblem(400, "use_dpop_nonce");
    assertThat(refused.header("DPoP-Nonce")).matches("[A-Za-z0-9_-]{32}");
    device.learn(refused);
    device.post(client, LOGIN, credentials()).hasStatus(200);
  }

  @Test
  void aNonceIsGoodForFiveMinutesWhateverNodeIssuedIt() {
    Tokens bound = loggedIn();
    clock.advance(Duration.ofMinutes(5).minusMillis(1));
    device.get(client, ME, bound.access());
    clock.advance(Duration.ofMinutes(5));
    String late = device.proof("POST", REFRESH);

    client
        .post(REFRESH, Map.of("refreshToken", bound.refresh()), "DPoP", late)
        .isProblem(400, "use_dpop_nonce");
  }

  @Test
  void everyAnswerToAProofHasTheNextNonce() {
    Tokens bound = loggedIn();

    assertThat(device.get(client, ME, bound.access()).header("DPoP-Nonce")).isNotEmpty();
    assertThat(exchange(bound.refresh()).header("DPoP-Nonce")).isNotEmpty();
    assertThat(client.refresh("unknown").header("DPoP-Nonce")).isEmpty();
    assertThat(
            client
                .post(REFRESH, Map.of("refreshToken", "unknown"), "DPoP", "nonsense")
                .header("DPoP-Nonce"))
        .isNotEmpty();
  }

  @Test
  void aProofForAnotherRequestIsRefusedWithTheReason() {
    Tokens bound = loggedIn();

    assertReason(bound, claims -> claims.claim("htm", "GET"), "htm must be POST");
    assertReason(bound, claims -> claims.claim("htu", "https://elsewhere.example/x"), "htu must");
    assertReason(
        bound,
        claims -> issuedAt(claims, clock.instant().minus(Duration.ofSeconds(301))),
        "iat is 301 s behind the time of this server");
    assertReason(
        bound,
        claims -> issuedAt(claims, clock.instant().plus(Duration.ofSeconds(302))),
        "s ahead of the time of this server");
    assertReason(bound, claims -> claims.claim("filler", "x".repeat(4000)), "at most 4096");

    exchange(bound.refresh()).hasStatus(200);
  }

  @Test
  void aClockThatIsMinutesWrongIsNoReason() {
    Tokens bound = loggedIn();
    String proof =
        device.proof(
            "POST",
            REFRESH,
            claims -> issuedAt(claims, clock.instant().minus(Duration.ofSeconds(299))));

    client.post(REFRESH, Map.of("refreshToken", bound.refresh()), "DPoP", proof).hasStatus(200);
  }

  @Test
  void severalProofsAreNone() {
    Tokens bound = loggedIn();

    client
        .post(
            REFRESH,
            Map.of("refreshToken", bound.refresh()),
            "DPoP",
            device.proof("POST", REFRESH),
            "DPoP",
            device.proof("POST", REFRESH))
        .isProblem(400, "invalid_dpop_proof");
    exchange(bound.refresh()).hasStatus(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "nonsense", "a.b.c", "eyJhbGciOiJub25lIn0.e30."})
  void whatIsNoProofIsRefused(String text) {
    Tokens bound = loggedIn();

    client
        .post(REFRESH, Map.of("refreshToken", bound.refresh()), "DPoP", text)
        .isProblem(400, "invalid_dpop_proof");
    exchange(bound.refresh()).hasStatus(200);
  }

  @Test
  void aLogOutNeedsTheKey() {
    Tokens bound = loggedIn();

    client.revoke(bound.refresh()).isProblem(400, "invalid_dpop_proof");
    assertThat(
            client
                .form("/oauth2/revoke", List.of("client_id", "latchkey", "token", bound.access()))
                .hasStatus(400)
                .text("/error"))
        .isEqualTo("invalid_dpop_proof");
    device.get(client, ME, bound.access()).hasStatus(200);

    device.post(client, "/api/auth/revoke", Map.of("refreshToken", bound.refresh())).hasStatus(204);
    assertChallenge(device.get(client, ME, bound.access()), "DPoP error=\"invalid_token\"");
  }

  @Test
  void aNewLogInEndsTheEarlierSessionOfTheSameKeyAlone() {
    Tokens earlier = loggedIn();
    Map<String, String> withToken =
        Map.of(
            "username", username, "password", Client.PASSWORD, "refreshToken", earlier.refresh());

    client.post(LOGIN, withToken).hasStatus(200);
    other.post(client, LOGIN, withToken).hasStatus(200);
    device.get(client, ME, earlier.access()).hasStatus(200);

    device.post(client, LOGIN, withToken).hasStatus(200);
    device.get(client, ME, earlier.access()).hasStatus(401);
  }

  @Test
  void standardClientsExchangeAndIntrospectTheSame() {
    Tokens bound = loggedIn();
    List<String> form =
        List.of(
            "grant_type",
            "refresh_token",
            "client_id",
            "latchkey",
            "refresh_token",
            bound.refresh());

    assertThat(client.form("/oauth2/token", form).hasStatus(400).text("/error"))
        .isEqualTo("invalid_dpop_proof");
    Answer withoutNonce =
        client.form(
            "/oauth2/token",
            form,
            "DPoP",
            device.proof("POST", "/oauth2/token", claims -> claims.claim("nonce", null)));
    assertThat(withoutNonce.hasStatus(400).text("/error")).isEqualTo("use_dpop_nonce");
    device.learn(withoutNonce);
    Answer answer =
        device
            .learn(
                client.form("/oauth2/token", form, "DPoP", device.proof("POST", "/oauth2/token")))
            .hasStatus(200);
    assertThat(answer.text("/token_type")).isEqualTo("DPoP");

    Answer introspected =
        client
            .form(
                "/oauth2/introspect",
                List.of("token", answer.text("/access_token")),
                "Authorization",
                TestClients.basic("orders", TestClients.SECRET))
            .hasStatus(200);
    assertThat(introspected.text("/token_type")).isEqualTo("DPoP");
    assertThat(introspected.text("/cnf/jkt")).isEqualTo(device.thumbprint());
  }

  private Tokens loggedIn() {
    client.register(username).hasStatus(201);
    return Tokens.of(device.post(client, LOGIN, credentials()).hasStatus(200).json());
  }

  private Map<String, String> credentials() {
    return Map.of("username", username, "password", Client.PASSWORD);
  }

  private Answer exchange(String refreshToken) {
    return device.post(client, REFRESH, Map.of("refreshToken", refreshToken));
  }

  private void assertReason(
      Tokens bound, UnaryOperator<JWTClaimsSet.Builder> change, String reason) {
    Answer refused =
        client
            .post(
                REFRESH,
                Map.of("refreshToken", bound.refresh()),
                "DPoP",
                device.proof("POST", REFRESH, change))
            .isProblem(400, "invalid_dpop_proof")
            .hasFieldError("DPoP", "invalid_proof");
    assertThat(refused.text("/errors/0/message")).contains(reason);
  }

  @SuppressWarnings("JavaUtilDate") // the library's
  private static JWTClaimsSet.Builder issuedAt(JWTClaimsSet.Builder claims, Instant time) {
    return claims.issueTime(Date.from(time));
  }

  private static void assertChallenge(Answer refused, String challenge) {
    assertThat(refused.hasStatus(401).header("WWW-Authenticate")).startsWith(challenge);
  }

  private static String claimsOf(String accessToken) {
    return new String(Base64.getUrlDecoder().decode(accessToken.split("\\.", -1)[1]), UTF_8);
  }
}
