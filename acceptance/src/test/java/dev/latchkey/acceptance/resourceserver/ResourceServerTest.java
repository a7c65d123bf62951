package dev.latchkey.acceptance.resourceserver;

import static dev.latchkey.acceptance.resourceserver.TestKeys.ACCESS_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.acceptance.postgres.TestDatabase;
import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.DeviceKey;
import dev.latchkey.adapters.web.http.Node;
import java.net.URI;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A resource server whose only call, {@code GET /reports}, is for the role {@code auditor}. It
 * knows of the service where the keys are, the issuer and the audience.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ResourceServerTest {

  private static final String ISSUER = "https://auth.example.org";
  private static final String AUDIENCE = "latchkey";

  private Client users;
  private TestKeys keys;
  private Running resourceServer;
  private Client reports;

  /** What a resource server knows of the service. */
  record Latchkey(String jwks, String issuer, String audience) {

    /** The same under the names of settings. */
    Map<String, Object> settings() {
      return Map.of(
          "latchkey.jwks", jwks, "latchkey.issuer", issuer, "latchkey.audience", audience);
    }
  }

  /** A started resource server, and what stops it. */
  record Running(URI address, AutoCloseable server) {}

  abstract Running start(Latchkey latchkey) throws Exception;

  @BeforeAll
  void startBoth() throws Exception {
    Node latchkey = Node.shared(Map.of(TestKeys.ON, "true"));
    users = latchkey.client();
    keys = latchkey.bean(TestKeys.class);
    URI jwks = latchkey.address().resolve("/.well-known/jwks.json");
    resourceServer = start(new Latchkey(jwks.toString(), ISSUER, AUDIENCE));
    reports = new Client(resourceServer.address());
  }

  @AfterAll
  void stop() throws Exception {
    resourceServer.server().close();
  }

  /** The access token of an auditor, bound to the key of a device. */
  final String boundToken(DeviceKey device) throws SQLException {
    String auditor = Client.someone();
    grant(users.register(auditor).hasStatus(201).text("/account/id"), "auditor");
    Map<String, String> credentials = Map.of("username", auditor, "password", Client.PASSWORD);
    return device.post(users, "/api/auth/login", credentials).hasStatus(200).accessToken();
  }

  /** Calls by the scheme of bound tokens (RFC 9449 §7.1), with a proof for this very call. */
  final Answer callWithProof(DeviceKey device, String accessToken) {
    String address = resourceServer.address() + "/reports";
    String proof =
        device.proof(
            "GET",
            "/reports",
            claims -> claims.claim("htu", address).claim("ath", DeviceKey.hash(accessToken)));
    return reports.get("/reports", "Authorization", "DPoP " + accessToken, "DPoP", proof);
  }

  static DeviceKey newDevice() {
    return new DeviceKey(ISSUER, InstantSource.system());
  }

  @Test
  void whoHasTheRoleGetsIn() throws SQLException {
    String auditor = Client.someone();
    String id = users.register(auditor).hasStatus(201).text("/account/id");
    grant(id, "auditor");

    Answer answer = call(users.login(auditor, Client.PASSWORD).hasStatus(200).accessToken());

    assertThat(answer.hasStatus(200).body()).isEqualTo("The reports for " + id);
  }

  @Test
  void whoLacksTheRoleIsTurnedAway() {
    isForbidden(call(users.newcomer().access()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auditors", "Auditor", "audit", "ROLE_auditor", "user auditor"})
  void aRoleOfAlmostThatNameIsAnotherRole(String role) throws Exception {
    isForbidden(
        call(keys.sign(ACCESS_TOKEN, auditor(claims -> claims.claim("roles", List.of(role))))));
  }

  @Test
  void aTokenWithoutRolesHasNone() throws Exception {
    isForbidden(call(keys.sign(ACCESS_TOKEN, auditor(claims -> claims.claim("roles", null)))));
  }

  @Test
  void whoBringsNoTokenIsAskedForOne() {
    Answer answer = reports.get("/reports").hasStatus(401);

    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
  }

  /** Proves nothing by itself, but that the refusals below have the cause that they name. */
  @Test
  void takesTheTokensThatTheTestsBelowChangeInOneThing() throws Exception {
    call(keys.sign(ACCESS_TOKEN, auditor(claims -> claims))).hasStatus(200);
  }

  @Test
  void aTokenOfTheSameKeyThatIsOfAnotherTypeIsRefused() throws Exception {
    isInvalid(keys.sign(JOSEObjectType.JWT, auditor(claims -> claims)));
    isInvalid(keys.sign(null, auditor(claims -> claims)));
    isInvalid(keys.sign(new JOSEObjectType("logout+jwt"), auditor(claims -> claims)));
  }

  @Test
  void aTokenOfAnotherIssuerIsRefused() throws Exception {
    for (String issuer :
        new String[] {"https://other.example.org", "http://auth.example.org", "example.org", ""}) {
      isInvalid(keys.sign(ACCESS_TOKEN, auditor(claims -> claims.issuer(issuer))));
    }
    isInvalid(keys.sign(ACCESS_TOKEN, auditor(claims -> claims.issuer(null))));
  }

  @Test
  void aTokenForAnotherAudienceIsRefused() throws Exception {
    isInvalid(keys.sign(ACCESS_TOKEN, auditor(claims -> claims.audience("billing"))));
    isInvalid(keys.sign(ACCESS_TOKEN, auditor(claims -> claims.audience((String) null))));
  }

  @Test
  void aTokenThatHasExpiredOrNeverWillIsRefused() throws Exception {
    Date longAgo = Date.from(Instant.now().minusSeconds(120));
    isInvalid(keys.sign(ACCESS_TOKEN, auditor(claims -> claims.expirationTime(longAgo))));
    isInvalid(keys.sign(ACCESS_TOKEN, auditor(claims -> claims.expirationTime(null))));
  }

  @Test
  void aTokenOfAPublishedKeyOfAnotherAlgorithmIsRefused() throws Exception {
    isInvalid(keys.signWithRsa(auditor(claims -> claims)));
  }

  @Test
  void aTokenWithoutASignatureIsRefused() throws Exception {
    isInvalid(new PlainJWT(auditor(claims -> claims)).serialize());
  }

  @Test
  void aTokenOfAForeignKeyUnderTheNameOfAPublishedOneIsRefused()
      throws JOSEException, ParseException {
    SignedJWT genuine = SignedJWT.parse(keys.sign(ACCESS_TOKEN, auditor(claims -> claims)));
    var forged = new SignedJWT(genuine.getHeader(), genuine.getJWTClaimsSet());
    forged.sign(new ECDSASigner(new ECKeyGenerator(Curve.P_256).generate()));

    isInvalid(forged.serialize());
    isInvalid("garbage");
  }

  final Answer call(String accessToken) {
    return reports.get("/reports", "Authorization", "Bearer " + accessToken);
  }

  private void isInvalid(String accessToken) {
    Answer answer = call(accessToken).hasStatus(401);
    assertThat(answer.header("WWW-Authenticate"))
        .startsWith("Bearer ")
        .contains("error=\"invalid_token\"");
  }

  private static void isForbidden(Answer answer) {
    answer.hasStatus(403);
    assertThat(answer.header("WWW-Authenticate"))
        .startsWith("Bearer ")
        .contains("error=\"insufficient_scope\"");
  }

  /** The claims of a token that the service has issued, with the role, and then changed. */
  private JWTClaimsSet auditor(UnaryOperator<JWTClaimsSet.Builder> change) throws ParseException {
    JWTClaimsSet issued = SignedJWT.parse(users.newcomer().access()).getJWTClaimsSet();
    return change
        .apply(new JWTClaimsSet.Builder(issued).claim("roles", List.of("auditor", "user")))
        .build();
  }

  private static void grant(String userId, String role) throws SQLException {
    try (var connection = TestDatabase.connect();
        var statement =
            connection.prepareStatement(
                "UPDATE users SET roles = array_append(roles, ?) WHERE id = ?::uuid")) {
      statement.setString(1, role);
      statement.setString(2, userId);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }
}
