package dev.latchkey.examples.tasks;

import static dev.latchkey.examples.tasks.access.TestIssuer.ACCESS_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.latchkey.examples.tasks.Caller.Answer;
import dev.latchkey.examples.tasks.access.TestIssuer;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens open the service, and what the others are answered. */
final class AccessHttpTest {

  private static final TestIssuer ISSUER = TestService.issuer();

  /** Proves nothing by itself, but that the refusals below have the cause that they name. */
  @Test
  void acceptsTheTokensThatTheTestsBelowChangeInOneThing() throws JOSEException {
    call(ISSUER.sign(ACCESS_TOKEN, claims(token -> token))).hasStatus(200);
    call(ISSUER.sign(new JOSEObjectType("AT+JWT"), claims(token -> token))).hasStatus(200);
  }

  @Test
  void withoutATokenTheChallengeSaysNothingOfOne() {
    Answer answer = TestService.nobody().get("/tasks").isProblem(401, "access_token_required");

    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
  }

  @Test
  void everyCallNeedsAToken() {
    Caller nobody = TestService.nobody();

    nobody.get("/tasks/all").isProblem(401, "access_token_required");
    nobody.get("/customers").isProblem(401, "access_token_required");
    nobody.json("POST", "/tasks", "{\"title\":\"a\"}").isProblem(401, "access_token_required");
    nobody.json("PATCH", "/tasks/1", "{}").isProblem(401, "access_token_required");
    nobody.delete("/tasks/1").isProblem(401, "access_token_required");
  }

  @Test
  void anExpiredTokenIsMarkedSoThatTheClientRefreshes() throws JOSEException {
    Answer answer =
        call(ISSUER.token("ada", Instant.now().minusSeconds(60)))
            .isProblem(401, "access_token_expired");

    assertThat(answer.header("Token-Expired")).isEqualTo("true");
    assertThat(answer.header("WWW-Authenticate"))
        .startsWith("Bearer ")
        .contains("error=\"invalid_token\"");
  }

  @Test
  void aTokenWithoutAnExpiryIsRefused() throws JOSEException {
    isInvalid(ISSUER.sign(ACCESS_TOKEN, claims(token -> token.expirationTime(null))));
  }

  @Test
  void aForgedTokenIsRefused() throws JOSEException {
    var foreign = new ECKeyGenerator(Curve.P_256).generate();
    isInvalid(
        TestIssuer.sign(
            JWSAlgorithm.ES256,
            ISSUER.key().getKeyID(),
            new ECDSASigner(foreign),
            ACCESS_TOKEN,
            claims(token -> token)));

    String[] parts = ISSUER.token("ada", TestService.soon()).split("\\.", -1);
    String[] others = ISSUER.token("eve", TestService.soon(), "manager").split("\\.", -1);
    isInvalid(parts[0] + "." + others[1] + "." + parts[2]);
    isInvalid(parts[0] + "." + parts[1] + ".");
    isInvalid("garbage");
  }

  @Test
  void aTokenOfAnotherIssuerIsRefused() throws JOSEException {
    for (String issuer : List.of("https://other.example.org", "example.org", "")) {
      isInvalid(ISSUER.sign(ACCESS_TOKEN, claims(token -> token.issuer(issuer))));
    }
    isInvalid(ISSUER.sign(ACCESS_TOKEN, claims(token -> token.issuer(null))));
  }

  @Test
  void aTokenForAnotherAudienceIsRefused() throws JOSEException {
    isInvalid(ISSUER.sign(ACCESS_TOKEN, claims(token -> token.audience("billing"))));
    isInvalid(ISSUER.sign(ACCESS_TOKEN, claims(token -> token.audience((String) null))));
  }

  @Test
  void anIdTokenOrALogoutTokenIsNoAccessToken() throws JOSEException {
    isInvalid(ISSUER.sign(JOSEObjectType.JWT, claims(token -> token)));
    isInvalid(ISSUER.sign(null, claims(token -> token)));
    isInvalid(ISSUER.sign(new JOSEObjectType("logout+jwt"), claims(token -> token)));
  }

  @Test
  void aTokenWithoutASignatureIsRefused() {
    isInvalid(new PlainJWT(claims(token -> token)).serialize());
  }

  @Test
  void thePublicKeyIsNoSecretOfAnHmac() throws Exception {
    for (byte[] publicKey :
        List.of(
            ISSUER.key().toECPublicKey().getEncoded(), ISSUER.rsa().toPublicKey().getEncoded())) {
      isInvalid(
          TestIssuer.sign(
              JWSAlgorithm.HS256,
              ISSUER.key().getKeyID(),
              new MACSigner(publicKey),
              ACCESS_TOKEN,
              claims(token -> token)));
    }
  }

  @Test
  void aPublishedKeyOfAnAlgorithmThatWasNotChosenIsRefused() throws JOSEException {
    isInvalid(
        TestIssuer.sign(
            JWSAlgorithm.RS256,
            ISSUER.rsa().getKeyID(),
            new RSASSASigner(ISSUER.rsa()),
            ACCESS_TOKEN,
            claims(token -> token)));
  }

  @Test
  void aTokenWithoutAUserIsRefused() throws JOSEException {
    isInvalid(ISSUER.sign(ACCESS_TOKEN, claims(token -> token.subject(null))));
    isInvalid(ISSUER.sign(ACCESS_TOKEN, claims(token -> token.subject(""))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tasks/all", "/customers"})
  void whoeverLacksTheRoleIsTurnedAway(String path) throws JOSEException {
    isForbidden(TestService.newcomer().get(path));
    isForbidden(TestService.user("ada", "managers", "Manager", "user manager").get(path));
    isForbidden(TestService.user("ada").get(path));
    String withoutRoles = ISSUER.sign(ACCESS_TOKEN, claims(token -> token.claim("roles", null)));
    isForbidden(TestService.bearer(withoutRoles).get(path));

    TestService.manager().get(path).hasStatus(200);
  }

  @Test
  void aTokenWhoseRolesAreNoListIsRefused() throws JOSEException {
    isInvalid(ISSUER.sign(ACCESS_TOKEN, claims(token -> token.claim("roles", "manager"))));
  }

  @Test
  void withoutKeysATokenIsNotCalledInvalid() throws JOSEException {
    URI nothing = ISSUER.jwks().resolve("/nothing");
    try (TasksServer service = TestService.withKeysAt(nothing)) {
      String token = ISSUER.token("ada", TestService.soon());
      Answer answer =
          new Caller(service.address(), "Authorization", "Bearer " + token)
              .get("/tasks")
              .isProblem(503, "keys_unavailable");

      assertThat(answer.header("Retry-After")).isEqualTo("10");
      assertThat(answer.header("WWW-Authenticate")).isEmpty();
    }
  }

  private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
    return change.apply(TestIssuer.claims("ada", TestService.soon(), "user")).build();
  }

  private static Answer call(String token) {
    return TestService.bearer(token).get("/tasks");
  }

  private static void isInvalid(String token) {
    Answer answer = call(token).isProblem(401, "invalid_access_token");

    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    assertThat(answer.header("Token-Expired")).isEmpty();
  }

  private static void isForbidden(Answer answer) {
    answer.isProblem(403, "forbidden");
    assertThat(answer.header("WWW-Authenticate")).contains("error=\"insufficient_scope\"");
  }
}
