package dev.latchkey.examples.tasks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.examples.tasks.Caller.Answer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * That the kit stands before every call, with the settings of this service. What it accepts and
 * refuses in detail is tested where it is made.
 */
final class AccessHttpTest {

  private static final TestIssuer ISSUER = TestService.issuer();

  /** As {@code latchkey.public-address} says; the tests reach the service at another port. */
  private static final String PUBLIC_ADDRESS = "http://localhost:8090/tasks";

  @Test
  void aValidTokenIsAccepted() throws JOSEException {
    call(ISSUER.token("ada")).hasStatus(200);
  }

  @Test
  void everyCallNeedsAToken() {
    Caller nobody = TestService.nobody();

    for (Answer answer :
        new Answer[] {
          nobody.get("/tasks"),
          nobody.get("/tasks/all"),
          nobody.get("/customers"),
          nobody.json("POST", "/tasks", "{\"title\":\"a\"}"),
          nobody.json("PATCH", "/tasks/1", "{}"),
          nobody.delete("/tasks/1")
        }) {
      assertThat(answer.isChallenge(401, "Bearer")).doesNotContain("error");
    }
  }

  @Test
  void thereIsNoOtherWayIn() {
    new Caller(TestService.address(), "Authorization", "Basic YWRhOmFkYQ==")
        .get("/tasks")
        .isChallenge(401, "Bearer");
    TestService.nobody()
        .json("POST", "/login", "{\"username\":\"ada\",\"password\":\"ada\"}")
        .isProblem(404, "not_found");
  }

  @Test
  void anExpiredTokenIsRefused() throws JOSEException {
    call(ISSUER.expiredToken("ada")).isChallenge(401, "Bearer error=\"invalid_token\"");
  }

  @Test
  void aForgedTokenIsRefused() throws JOSEException {
    call(TestIssuer.signWith(TestIssuer.newKey(), ISSUER.claims("ada")))
        .isChallenge(401, "Bearer error=\"invalid_token\"");
  }

  @Test
  @Timeout(30)
  void aTokenOfAnEndedSessionIsRefused() throws Exception {
    String session = UUID.randomUUID().toString();
    String token = ISSUER.sign(ISSUER.claims("ada").claim("sid", session));
    String another = ISSUER.token("ada");
    call(token).hasStatus(200);

    ISSUER.end(session);

    call(token).isChallenge(401, "Bearer error=\"invalid_token\"");
    call(another).hasStatus(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tasks/all", "/customers"})
  void whoeverLacksTheRoleIsTurnedAway(String path) {
    for (Caller other :
        new Caller[] {
          TestService.newcomer(), TestService.user("ada", "managers", "Manager", "user manager")
        }) {
      other.get(path).isChallenge(403, "Bearer error=\"insufficient_scope\"");
    }

    TestService.manager().get(path).hasStatus(200);
  }

  @Test
  void aBoundTokenNeedsAProofOfItsKeyForThisService() throws Exception {
    ECKey device = TestIssuer.newKey();
    String token = ISSUER.sign(bound("ada", device));

    callWithProof(token, proof(device, PUBLIC_ADDRESS, token)).hasStatus(200);

    String elsewhere = TestService.address().resolve("/tasks").toString();
    callWithProof(token, proof(device, elsewhere, token)).isChallenge(401, "DPoP error=");
    callWithProof(token, proof(TestIssuer.newKey(), PUBLIC_ADDRESS, token))
        .isChallenge(401, "DPoP error=\"invalid_dpop_proof\"");
    new Caller(TestService.address(), "Authorization", "DPoP " + token)
        .get("/tasks")
        .isChallenge(401, "DPoP error=\"invalid_dpop_proof\"");
    call(token).isChallenge(401, "Bearer error=\"invalid_token\"");
  }

  @Test
  void withoutKeysATokenIsNotCalledInvalid() throws Exception {
    try (var down = new TestIssuer()) {
      down.available(false);
      try (TasksServer service = TestService.withTokensOf(down)) {
        Answer answer =
            new Caller(service.address(), "Authorization", "Bearer " + down.token("ada"))
                .get("/tasks")
                .hasStatus(503);

        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.header("WWW-Authenticate")).isEmpty();
      }
    }
  }

  private static Answer call(String token) {
    return TestService.bearer(token).get("/tasks");
  }

  private static Answer callWithProof(String token, String proof) {
    return new Caller(TestService.address(), "Authorization", "DPoP " + token, "DPoP", proof)
        .get("/tasks");
  }

  /** A token that is bound to a key (RFC 9449 §6.1). */
  private static JWTClaimsSet.Builder bound(String user, ECKey key) throws JOSEException {
    return ISSUER.claims(user).claim("cnf", Map.of("jkt", key.computeThumbprint().toString()));
  }

  /** That whoever reads tasks has the key (RFC 9449 §4.2). */
  private static String proof(ECKey key, String address, String token)
      throws JOSEException, NoSuchAlgorithmException {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("dpop+jwt"))
            .jwk(key.toPublicJWK())
            .build();
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(US_ASCII));
    var proof =
        new SignedJWT(
            header,
            new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .claim("htm", "GET")
                .claim("htu", address)
                .issueTime(Date.from(Instant.now()))
                .claim("ath", Base64URL.encode(hash).toString())
                .build());
    proof.sign(new ECDSASigner(key));
    return proof.serialize();
  }
}
