package dev.latchkey.conformance;

import static dev.latchkey.conformance.Issuer.ACCESS_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.latchkey.conformance.Issuer.Document;
import dev.latchkey.conformance.Issuer.State;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A resource server whose only call, {@code GET /reports}, is for the role {@code auditor}. It
 * knows of the issuer its name alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Conformance {

  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private Issuer issuer;
  private Sample reports;
  private Device device;

  /** How the sample of the kit is started. */
  abstract List<String> command() throws IOException;

  @BeforeAll
  void startBoth() throws Exception {
    issuer = new Issuer(Duration.ZERO);
    reports = Sample.start(command(), issuer, MINUTE, "refuse");
    device = new Device(reports.address().resolve("/reports"));
    String token = sign(claims -> claims);
    Poll.until(() -> call(token).statusCode() == 200); // it has read all that it needs
  }

  @AfterAll
  void stop() {
    reports.close();
    issuer.close();
  }

  // Access tokens.

  @Test
  void whoHasTheRoleGetsIn() throws Exception {
    HttpResponse<String> answer = call(sign(claims -> claims.subject("ada")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("The reports for ada");
  }

  /**
   * Frameworks that answer errors by a second round through their filters lose the caller there.
   */
  @Test
  void whatIsNotThereIsNotFoundWithAToken() throws Exception {
    String token = bound(claims -> claims);
    String proof = device.proof(token, claims -> claims.put("htu", reports.address() + "/missing"));

    assertThat(
            reports.get("/missing", "Authorization", "DPoP " + token, "DPoP", proof).statusCode())
        .isEqualTo(404);
  }

  @Test
  void whoLacksTheRoleIsTurnedAway() throws Exception {
    isForbidden("Bearer", call(sign(claims -> claims.claim("roles", List.of("user")))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auditors", "Auditor", "audit", "ROLE_auditor", "user auditor"})
  void aRoleOfAlmostThatNameIsAnotherRole(String role) throws Exception {
    isForbidden("Bearer", call(sign(claims -> claims.claim("roles", List.of(role)))));
  }

  @Test
  void aTokenWithoutRolesHasNone() throws Exception {
    isForbidden("Bearer", call(sign(claims -> claims.claim("roles", null))));
  }

  @Test
  void whoBringsNoTokenIsAskedForOne() {
    HttpResponse<String> answer = reports.get("/reports");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(challenge(answer)).startsWith("Bearer").doesNotContain("error");
    assertThat(reports.get("/reports", "Authorization", "Basic YTpi").statusCode()).isEqualTo(401);
  }

  @Test
  void theNameOfTheSchemeIsNotCaseSensitive() throws Exception {
    String token = sign(claims -> claims);

    assertThat(reports.get("/reports", "Authorization", "bearer " + token).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aTokenInTheAddressIsNotLookedAt() throws Exception {
    String token = sign(claims -> claims);

    assertThat(reports.get("/reports?access_token=" + token).statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenOfTheSameKeyThatIsOfAnotherTypeIsRefused() throws Exception {
    JWTClaimsSet claims = issuer.auditor().build();
    isInvalid(issuer.sign(JOSEObjectType.JWT, claims));
    isInvalid(issuer.sign(null, claims));
    isInvalid(issuer.sign(new JOSEObjectType("logout+jwt"), claims));
  }

  @Test
  void aTokenOfAnotherIssuerIsRefused() throws Exception {
    for (String name :
        new String[] {
          "https://other.example.org",
          issuer.name().replace("http:", "https:"),
          issuer.name() + "/",
          "localhost",
          ""
        }) {
      isInvalid(sign(claims -> claims.issuer(name)));
    }
    isInvalid(sign(claims -> claims.issuer(null)));
  }

  @Test
  void aTokenForAnotherAudienceIsRefused() throws Exception {
    isInvalid(sign(claims -> claims.audience("billing")));
    isInvalid(sign(claims -> claims.audience((String) null)));
  }

  @Test
  void aTokenThatHasExpiredOrNeverWillIsRefused() throws Exception {
    Date longAgo = Date.from(Instant.now().minusSeconds(120));
    isInvalid(sign(claims -> claims.expirationTime(longAgo)));
    isInvalid(sign(claims -> claims.expirationTime(null)));
  }

  @Test
  void aTokenOfAPublishedKeyOfAnotherAlgorithmIsRefused() throws Exception {
    isInvalid(issuer.signWithRsa(issuer.auditor().build()));
  }

  @Test
  void aTokenWithoutASignatureIsRefused() throws Exception {
    isInvalid(new PlainJWT(issuer.auditor().build()).serialize());
  }

  @Test
  void aTokenOfAForeignKeyUnderTheNameOfAPublishedOneIsRefused() throws Exception {
    isInvalid(
        Issuer.sign(
            Issuer.newKey(issuer.key().getKeyID()), ACCESS_TOKEN, issuer.auditor().build()));
    isInvalid("garbage");
  }

  @Test
  void aNewKeyIsAcceptedSoonAfterItWasPublishedAndNotBefore() throws Exception {
    ECKey next = Issuer.newKey("next");
    String token = Issuer.sign(next, ACCESS_TOKEN, issuer.auditor().build());
    isInvalid(token);

    issuer.publish(next);

    Poll.until(() -> call(token).statusCode() == 200);
    assertThat(call(sign(claims -> claims)).statusCode()).isEqualTo(200);
  }

  @Test
  void untilTheKeysWereReadItIsUnavailable() throws Exception {
    try (var down = new Issuer(Duration.ZERO)) {
      down.keysAre(State.DOWN);
      try (Sample sample = Sample.start(command(), down, MINUTE, "accept")) {
        String token = down.sign(ACCESS_TOKEN, down.auditor().build());
        isUnavailable(call(sample, token));

        down.keysAre(State.UP);

        Poll.until(() -> call(sample, token).statusCode() == 200);
        down.keysAre(State.DOWN);
        assertThat(call(sample, token).statusCode()).isEqualTo(200);
      }
    }
  }

  // Ended sessions.

  @Test
  void aTokenIsRefusedSoonAfterItsSessionEnded() throws Exception {
    String session = UUID.randomUUID().toString();
    String token = sign(claims -> claims.claim("sid", session));
    String another = sign(claims -> claims);
    assertThat(call(token).statusCode()).isEqualTo(200);

    issuer.end(session);

    Poll.until(() -> call(token).statusCode() == 401);
    isInvalid(token);
    assertThat(call(another).statusCode()).isEqualTo(200);
    long questions = issuer.questions();
    Poll.until(() -> issuer.questions() > questions + 1);
    isInvalid(token); // although later lists do not name it again
  }

  @Test
  void whatAListLeavesOutIsAskedFor() throws Exception {
    String session = UUID.randomUUID().toString();
    String token = sign(claims -> claims.claim("sid", session));

    issuer.endUnnoticed(session);

    Poll.until(() -> call(token).statusCode() == 401);
  }

  @Test
  void tokensThatWereIssuedTooLongAgoAreRefusedIfTheFeedSaysSo() throws Exception {
    Instant latest = Instant.now().minusSeconds(100);
    String old = sign(claims -> claims.issueTime(Date.from(latest)));
    String newer = sign(claims -> claims.issueTime(Date.from(latest.plusSeconds(2))));
    assertThat(call(old).statusCode()).isEqualTo(200);

    issuer.refuseTokensUntil(latest);

    Poll.until(() -> call(old).statusCode() == 401);
    isInvalid(old);
    assertThat(call(newer).statusCode()).isEqualTo(200);
  }

  @Test
  void aListThatTheIssuerDidNotSignAsSuchIsIgnored() throws Exception {
    String session = UUID.randomUUID().toString();
    String token = sign(claims -> claims.claim("sid", session));
    JWTClaimsSet named =
        new JWTClaimsSet.Builder().claim("sids", List.of(session)).claim("window", 420).build();
    ECKey foreign = Issuer.newKey(issuer.key().getKeyID());

    issuer.forge(genuine -> with(genuine, named, foreign, genuine.type(), issuer.name()));
    issuer.forge(genuine -> with(genuine, named, genuine.key(), ACCESS_TOKEN, issuer.name()));
    issuer.forge(genuine -> with(genuine, named, genuine.key(), JOSEObjectType.JWT, issuer.name()));
    issuer.forge(genuine -> with(genuine, named, genuine.key(), null, issuer.name()));
    issuer.forge(
        genuine -> with(genuine, named, genuine.key(), genuine.type(), "https://example.org"));

    assertThat(call(token).statusCode()).isEqualTo(200);
  }

  private static Document with(
      Document genuine, JWTClaimsSet named, ECKey key, @Nullable JOSEObjectType type, String name) {
    var claims = new JWTClaimsSet.Builder(genuine.claims()).issuer(name);
    named.getClaims().forEach(claims::claim);
    return new Document(key, type, claims.build());
  }

  private static final List<State> OUTAGES =
      List.of(State.GONE, State.DOWN, State.FROZEN, State.HANGING);

  @Test
  void refusesWhileItDoesNotKnowWhichSessionsHaveEnded() throws Exception {
    // Its clock is wrong: how old knowledge is must not depend on that.
    try (var elsewhere = new Issuer(Duration.ofMinutes(-10));
        Sample sample = Sample.start(command(), elsewhere, SECOND, "refuse")) {
      String live = elsewhere.sign(ACCESS_TOKEN, elsewhere.auditor().build());
      Poll.until(() -> call(sample, live).statusCode() == 200);

      for (State outage : OUTAGES) {
        String session = UUID.randomUUID().toString();
        String token =
            elsewhere.sign(ACCESS_TOKEN, elsewhere.auditor().claim("sid", session).build());
        elsewhere.feedIs(outage);
        Poll.until(() -> call(sample, live).statusCode() == 503);
        isUnavailable(call(sample, live));
        isInvalid(call(sample, "garbage"));
        elsewhere.end(session);

        elsewhere.feedIs(State.UP);

        Poll.until(() -> call(sample, live).statusCode() == 200);
        isInvalid(call(sample, token)); // never accepted: it ended before it was known again
      }
    }
  }

  @Test
  void acceptsWhileItDoesNotKnowWhichSessionsHaveEndedIfItIsSetTo() throws Exception {
    try (var elsewhere = new Issuer(Duration.ofMinutes(10))) {
      elsewhere.feedIs(State.DOWN);
      try (Sample sample = Sample.start(command(), elsewhere, SECOND, "accept")) {
        String live = elsewhere.sign(ACCESS_TOKEN, elsewhere.auditor().build());
        Poll.until(() -> call(sample, live).statusCode() == 200);
        elsewhere.feedIs(State.UP);
        String before = ended(elsewhere);
        Poll.until(() -> call(sample, before).statusCode() == 401);

        for (State outage : OUTAGES) {
          elsewhere.feedIs(outage);
          String during = ended(elsewhere);
          long start = System.nanoTime();
          while (System.nanoTime() - start < 2 * SECOND.toNanos()) {
            assertThat(call(sample, live).statusCode()).isEqualTo(200);
            assertThat(call(sample, during).statusCode()).isEqualTo(200);
            isInvalid(call(sample, before)); // what is known remains true
          }

          elsewhere.feedIs(State.UP);

          Poll.until(() -> call(sample, during).statusCode() == 401);
          assertThat(call(sample, live).statusCode()).isEqualTo(200);
        }
      }
    }
  }

  /** A token whose session has just ended. */
  private static String ended(Issuer issuer) throws JOSEException {
    String session = UUID.randomUUID().toString();
    issuer.end(session);
    return issuer.sign(ACCESS_TOKEN, issuer.auditor().claim("sid", session).build());
  }

  // Bound tokens.

  @Test
  void aBoundTokenIsAcceptedWithAProofOfItsKey() throws Exception {
    String token = bound(claims -> claims.subject("ada"));

    HttpResponse<String> answer = call(token, device.proof(token));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("The reports for ada");
  }

  @Test
  void theQueryOfAnAddressIsNoPartOfTheProof() throws Exception {
    String token = bound(claims -> claims);

    HttpResponse<String> answer =
        reports.get(
            "/reports?year=2026", "Authorization", "DPoP " + token, "DPoP", device.proof(token));

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void aBoundTokenWithoutTheRoleIsTurnedAway() throws Exception {
    String token = bound(claims -> claims.claim("roles", List.of("user")));

    isForbidden("DPoP", call(token, device.proof(token)));
  }

  @Test
  void aBoundTokenIsNoBearerToken() throws Exception {
    String token = bound(claims -> claims);

    isInvalid(token);
    isInvalid(
        reports.get("/reports", "Authorization", "Bearer " + token, "DPoP", device.proof(token)));
  }

  @Test
  void aTokenThatIsBoundInAnUnknownWayIsRefused() throws Exception {
    isInvalid(sign(claims -> claims.claim("cnf", Map.of("x5t#S256", "abc"))));
    isInvalid(sign(claims -> claims.claim("cnf", Map.of())));
  }

  @Test
  void aBearerTokenIsNotMadeBetterByAProof() throws Exception {
    String token = sign(claims -> claims);

    HttpResponse<String> answer = call(token, device.proof(token));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(challenge(answer)).contains("error=\"invalid_token\"");
  }

  @Test
  void aBoundTokenOfAnEndedSessionIsRefused() throws Exception {
    String session = UUID.randomUUID().toString();
    String token = bound(claims -> claims.claim("sid", session));

    issuer.end(session);

    Poll.until(() -> call(token, device.proof(token)).statusCode() == 401);
    assertThat(challenge(call(token, device.proof(token)))).contains("error=\"invalid_token\"");
  }

  @Test
  void aBoundTokenWithoutAProofIsRefused() throws Exception {
    isBadProof(reports.get("/reports", "Authorization", "DPoP " + bound(claims -> claims)));
    isBadProof("garbage");
    isBadProof("");
  }

  @Test
  void aProofIsGoodForOneCall() throws Exception {
    String token = bound(claims -> claims);
    String proof = device.proof(token);
    assertThat(call(token, proof).statusCode()).isEqualTo(200);

    isBadProof(call(token, proof));
    String another = bound(claims -> claims);
    isBadProof(call(another, proof));
    assertThat(call(token, device.proof(token)).statusCode()).isEqualTo(200);
  }

  @Test
  void aProofOfAnotherKeyIsRefused() throws Exception {
    String token = bound(claims -> claims);
    var thief = new Device(reports.address().resolve("/reports"));

    isBadProof(call(token, thief.proof(token)));
    isBadProof(
        call(
            token,
            thief.proof(token, header -> header.put("jwk", device.publicJwk()), claims -> {})));
    isBadProof(
        call(
            token,
            device.proof(token, header -> header.put("jwk", thief.publicJwk()), claims -> {})));
    assertThat(call(token, device.proof(token)).statusCode()).isEqualTo(200);
  }

  @Test
  void aProofForAnotherCallIsRefused() throws Exception {
    String address = reports.address().toString();
    isRefusedWith(claims -> claims.put("htm", "POST"));
    isRefusedWith(claims -> claims.put("htm", "get"));
    isRefusedWith(claims -> claims.remove("htm"));
    isRefusedWith(claims -> claims.put("htu", address + "/others"));
    isRefusedWith(claims -> claims.put("htu", "https://api.example.org/reports"));
    isRefusedWith(claims -> claims.put("htu", "/reports"));
    isRefusedWith(claims -> claims.remove("htu"));
  }

  @Test
  void aProofForAnotherTokenIsRefused() throws Exception {
    String another = bound(claims -> claims);
    isBadProof(call(bound(claims -> claims), device.proof(another)));
    isRefusedWith(claims -> claims.remove("ath"));
    isRefusedWith(claims -> claims.put("ath", ""));
  }

  @Test
  void aProofOfAnotherTimeIsRefused() throws Exception {
    long now = Instant.now().getEpochSecond();
    isRefusedWith(claims -> claims.put("iat", now - 300));
    isRefusedWith(claims -> claims.put("iat", now + 300));
    isRefusedWith(claims -> claims.remove("iat"));
  }

  @Test
  void aProofNeedsAnId() throws Exception {
    isRefusedWith(claims -> claims.remove("jti"));
    isRefusedWith(claims -> claims.put("jti", ""));
  }

  @Test
  void aProofOfAnotherTypeIsRefused() throws Exception {
    String token = bound(claims -> claims);
    isBadProof(call(token, device.proof(token, header -> header.put("typ", "JWT"), claims -> {})));
    isBadProof(call(token, device.proof(token, header -> header.remove("typ"), claims -> {})));
  }

  @Test
  void aProofOfAnAlgorithmWithoutAPublicKeyIsRefused() throws Exception {
    String token = bound(claims -> claims);
    var secret = new MACSigner(device.publicJwk().toString());
    isBadProof(
        call(
            token,
            device.proof(
                secret, new JWSHeader(JWSAlgorithm.HS256), token, header -> {}, claims -> {})));
    String unsigned = device.proof(token, header -> header.put("alg", "none"), claims -> {});
    isBadProof(call(token, unsigned.substring(0, unsigned.lastIndexOf('.') + 1)));
    isBadProof(call(token, unsigned));
  }

  @Test
  void aProofThatContainsAPrivateKeyOrNoneIsRefused() throws Exception {
    String token = bound(claims -> claims);
    isBadProof(
        call(
            token,
            device.proof(token, header -> header.put("jwk", device.privateJwk()), claims -> {})));
    isBadProof(call(token, device.proof(token, header -> header.remove("jwk"), claims -> {})));
  }

  @Test
  void twoProofsAreRefused() throws Exception {
    String token = bound(claims -> claims);

    isBadProof(
        reports.get(
            "/reports",
            "Authorization",
            "DPoP " + token,
            "DPoP",
            device.proof(token),
            "DPoP",
            device.proof(token)));
    assertThat(call(token, device.proof(token)).statusCode()).isEqualTo(200);
  }

  @Test
  void aProofThatIsTooLargeIsRefused() throws Exception {
    String token = bound(claims -> claims);
    String large = device.proof(token, claims -> claims.put("more", "x".repeat(8_000)));

    assertThat(call(token, large).statusCode()).isBetween(400, 431);
    assertThat(call(token, device.proof(token)).statusCode()).isEqualTo(200);
  }

  private String sign(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
    return issuer.sign(ACCESS_TOKEN, change.apply(issuer.auditor()).build());
  }

  private String bound(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
    return issuer.sign(
        ACCESS_TOKEN, change.apply(issuer.auditor().claim("cnf", device.confirmation())).build());
  }

  private HttpResponse<String> call(String token) {
    return call(reports, token);
  }

  private static HttpResponse<String> call(Sample sample, String token) {
    return sample.get("/reports", "Authorization", "Bearer " + token);
  }

  private HttpResponse<String> call(String token, String proof) {
    return reports.get("/reports", "Authorization", "DPoP " + token, "DPoP", proof);
  }

  private void isRefusedWith(Consumer<Map<String, Object>> claims) throws JOSEException {
    String token = bound(unchanged -> unchanged);
    isBadProof(call(token, device.proof(token, claims)));
  }

  private void isBadProof(String proof) throws JOSEException {
    isBadProof(call(bound(claims -> claims), proof));
  }

  private static void isBadProof(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(challenge(answer))
        .contains("DPoP ")
        .contains("error=\"invalid_dpop_proof\"")
        .contains("algs=\"")
        .contains("ES256");
  }

  private void isInvalid(String token) {
    isInvalid(call(token));
  }

  private static void isInvalid(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(challenge(answer)).contains("error=\"invalid_token\"");
  }

  private static void isForbidden(String scheme, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(challenge(answer)).startsWith(scheme + " ").contains("error=\"insufficient_scope\"");
  }

  /** No challenge: the token may be good. */
  private static void isUnavailable(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().allValues("WWW-Authenticate")).isEmpty();
  }

  private static String challenge(HttpResponse<String> answer) {
    return String.join(", ", answer.headers().allValues("WWW-Authenticate"));
  }
}
