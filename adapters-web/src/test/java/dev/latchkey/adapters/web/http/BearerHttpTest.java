package dev.latchkey.adapters.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Access tokens at the door (RFC 6750): who gets in, and what the others hear. */
class BearerHttpTest extends HttpTest {

  private static final String ME = "/api/accounts/me";

  @Test
  void whoBringsNoTokenIsAskedForOneAndToldNothingElse() {
    isAskedForAToken(client.get(ME));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic YWRhOnBhc3N3b3Jk", "Digest username=\"ada\"", "Bearerx"})
  void anotherSchemeIsNoToken(String authorization) {
    isAskedForAToken(client.get(ME, "Authorization", authorization));
  }

  @Test
  void aTokenInTheQueryIsNoToken() {
    isAskedForAToken(client.get(ME + "?access_token=" + client.newcomer().access()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "a.b",
        "a.b.c",
        "a.b.c.d.e",
        "..",
        "!.!.!",
        "e30.e30.e30",
        "bnVsbA.bnVsbA.bnVsbA"
      })
  void refusesWhatIsNoToken(String text) {
    isInvalid(client.me(text));
  }

  /** In its header, its claims or its signature, or behind them. */
  @Test
  void refusesATokenThatWasChangedAnywhere() {
    String token = client.newcomer().access();
    int claims = token.indexOf('.') + 1;
    for (int i : new int[] {10, claims + 10, token.lastIndexOf('.') + 10}) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      isInvalid(client.me(token.substring(0, i) + other + token.substring(i + 1)));
    }
    isInvalid(client.me(token + "A"));
    isInvalid(client.me(token.substring(0, token.length() - 1)));
    isInvalid(client.me(token + "=="));
    client.me(token).hasStatus(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE", ""})
  void refusesATokenThatSaysItNeedsNoSignature(String algorithm) {
    String[] ours = client.newcomer().access().split("\\.", -1);
    String header = new String(Base64.getUrlDecoder().decode(ours[0]), UTF_8);
    assertThat(header).contains("\"alg\":\"ES256\"");
    String none = base64(header.replace("\"ES256\"", '"' + algorithm + '"'));

    isInvalid(client.me(none + "." + ours[1] + "."));
    isInvalid(client.me(none + "." + ours[1]));
    isInvalid(client.me(none + "." + ours[1] + "." + ours[2]));
    isInvalid(client.me(ours[0] + "." + ours[1] + "."));
  }

  @Test
  void refusesATokenOfAForeignKeyUnderTheNameOfOurs() throws JOSEException, ParseException {
    SignedJWT ours = SignedJWT.parse(client.newcomer().access());
    var foreignKey = new ECKeyGenerator(Curve.P_256).keyID(ours.getHeader().getKeyID()).generate();

    isInvalid(client.me(signed(ours.getHeader(), ours, new ECDSASigner(foreignKey))));
    JWSHeader withItsKey =
        new JWSHeader.Builder(ours.getHeader()).jwk(foreignKey.toPublicJWK()).build();
    isInvalid(client.me(signed(withItsKey, ours, new ECDSASigner(foreignKey))));
    JWSHeader withoutName = new JWSHeader.Builder(ours.getHeader()).keyID(null).build();
    isInvalid(client.me(signed(withoutName, ours, new ECDSASigner(foreignKey))));
  }

  /**
   * The mistake of verifiers that take the public key for the secret of an HMAC, because the token
   * says so.
   */
  @Test
  void refusesATokenThatIsSignedWithThePublicKeyAsASecret() throws JOSEException, ParseException {
    SignedJWT ours = SignedJWT.parse(client.newcomer().access());
    JWKSet published = JWKSet.parse(client.get("/.well-known/jwks.json").body());
    var publicKey = published.getKeyByKeyId(ours.getHeader().getKeyID());
    var header =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .type(ours.getHeader().getType())
            .keyID(ours.getHeader().getKeyID())
            .build();
    for (byte[] secret :
        List.of(
            publicKey.toECKey().toECPublicKey().getEncoded(),
            publicKey.toJSONString().getBytes(UTF_8))) {
      isInvalid(client.me(signed(header, ours, new MACSigner(secret))));
    }
  }

  /** Whoever has a copy of it must not list, let alone end, the devices of its owner. */
  @Test
  void refusesTheTokenOfASessionThatHasEnded() {
    String name = Client.someone();
    Tokens laptop = Tokens.of(client.register(name).hasStatus(201).json().at("/tokens"));
    Tokens phone = Tokens.of(client.login(name, Client.PASSWORD).hasStatus(200).json());
    String phonesSession = client.login(name, Client.PASSWORD).json().at("/sessionId").asText();
    client.revoke(laptop.refresh()).hasStatus(204);

    isInvalid(client.me(laptop.access()));
    isInvalid(client.get("/api/sessions", "Authorization", "Bearer " + laptop.access()));
    isInvalid(delete("/api/sessions/" + phonesSession, laptop.access()));
    isInvalid(delete("/api/sessions?except=current", laptop.access()));
    isInvalid(
        client.post("/api/auth/revoke", Map.of(), "Authorization", "Bearer " + laptop.access()));
    client.me(phone.access()).hasStatus(200);
    client.refresh(phone.refresh()).hasStatus(200);
  }

  private Answer delete(String path, String accessToken) {
    return client.send(client.request(path, "Authorization", "Bearer " + accessToken).DELETE());
  }

  @Test
  void saysThatATokenHasExpired() {
    Tokens tokens = client.newcomer();
    clock.advance(Duration.ofMinutes(5));

    Answer answer = client.me(tokens.access()).isProblem(401, "access_token_expired");

    assertThat(answer.headers("Token-Expired")).containsExactly("true");
    assertThat(answer.headers("WWW-Authenticate"))
        .singleElement()
        .asString()
        .startsWith("Bearer ")
        .contains("error=\"invalid_token\"")
        .containsPattern("error_description=\"[^\"]*expired[^\"]*\"");
    client.me(client.refresh(tokens.refresh()).hasStatus(200).accessToken()).hasStatus(200);
  }

  @Test
  void saysSoToWhoeverLogsOutByIt() {
    Tokens tokens = client.newcomer();
    clock.advance(Duration.ofMinutes(5));

    client
        .postText("/api/auth/revoke", "{}", "Authorization", "Bearer " + tokens.access())
        .isProblem(401, "access_token_expired");
  }

  /**
   * RFC 6750 §3 says which characters a challenge may hold, and that none of its parameters comes
   * twice.
   */
  @Test
  void aChallengeSaysWhatIsWrongOnceAndInTheCharactersThatMayStandInIt() {
    String expired = client.newcomer().access();
    clock.advance(Duration.ofMinutes(5));

    for (String token : List.of(expired, "x")) {
      assertThat(client.me(token).headers("WWW-Authenticate"))
          .singleElement()
          .asString()
          .matches(
              "Bearer error=\"invalid_token\","
                  + " error_description=\"[\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]+\"");
    }
  }

  @Test
  void noAnswerWithATokenSetsACookie() {
    String name = Client.someone();
    Answer registration = client.register(name).hasStatus(201);
    Answer login = client.login(name, Client.PASSWORD).hasStatus(200);
    Answer refresh = client.refresh(login.refreshToken()).hasStatus(200);
    List<String> form =
        List.of(
            "grant_type",
            "refresh_token",
            "client_id",
            "latchkey",
            "refresh_token",
            refresh.refreshToken());
    Answer token = client.form("/oauth2/token", form).hasStatus(200);

    for (Answer answer : List.of(registration, login, refresh, token)) {
      assertThat(answer.headers("Set-Cookie")).isEmpty();
    }
  }

  @Test
  void acceptsATokenUntilItExpires() {
    Tokens tokens = client.newcomer();
    clock.advance(Duration.ofMinutes(4));

    client.me(tokens.access()).hasStatus(200);
  }

  @Test
  void saysNothingOfExpiryIfTheSignatureIsBroken() {
    String token = client.newcomer().access();
    clock.advance(Duration.ofHours(1));
    int inSignature = token.lastIndexOf('.') + 10;
    char other = token.charAt(inSignature) == 'A' ? 'B' : 'A';

    isInvalid(
        client.me(token.substring(0, inSignature) + other + token.substring(inSignature + 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bearer", "Bearer", "BEARER", "bEARER"})
  void theSchemeHasNoCase(String scheme) {
    client.get(ME, "Authorization", scheme + " " + client.newcomer().access()).hasStatus(200);
  }

  @Test
  void refusesTheTokenOfAnAccountThatIsGone() {
    Tokens tokens = client.newcomer();
    String id = client.me(tokens.access()).hasStatus(200).text("/id");

    Node.storage().deleteUser(UUID.fromString(id));

    isInvalid(client.me(tokens.access()));
    client.refresh(tokens.refresh()).isProblem(401, "invalid_refresh_token");
  }

  @Test
  void aBadTokenDoesNotMatterWhereNoneIsNeeded() {
    String name = Client.someone();
    Tokens tokens = Tokens.of(client.register(name).hasStatus(201).json().at("/tokens"));
    clock.advance(Duration.ofMinutes(6));
    for (String bad : List.of("garbage", "a.b.c", tokens.access())) {
      String[] header = {"Authorization", "Bearer " + bad};
      client
          .post("/api/auth/login", Map.of("username", name, "password", Client.PASSWORD), header)
          .hasStatus(200);
      client
          .post("/api/auth/refresh", Map.of("refreshToken", tokens.refresh()), header)
          .hasStatus(200);
      client.get("/.well-known/jwks.json", header).hasStatus(200);
      client.get("/health", header).hasStatus(200);
    }
  }

  @Test
  void theTokenSaysTheRolesThatTheAccountHasWhenItIsIssued() throws ParseException {
    Tokens tokens = client.newcomer();
    assertThat(rolesIn(tokens.access())).containsExactly("user");

    changeRoles(client.me(tokens.access()).hasStatus(200).text("/username"), "user", "admin");

    assertThat(rolesIn(client.refresh(tokens.refresh()).hasStatus(200).accessToken()))
        .containsExactly("admin", "user");
  }

  private static void isAskedForAToken(Answer answer) {
    answer.isProblem(401, "access_token_required");
    assertThat(answer.headers("WWW-Authenticate")).containsExactly("Bearer");
    assertThat(answer.headers("Token-Expired")).isEmpty();
    assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
  }

  private static void isInvalid(Answer answer) {
    answer.isProblem(401, "invalid_access_token");
    assertThat(answer.headers("WWW-Authenticate"))
        .singleElement()
        .asString()
        .startsWith("Bearer ")
        .contains("error=\"invalid_token\"")
        .doesNotContain("expired");
    assertThat(answer.headers("Token-Expired")).isEmpty();
    assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
  }

  private static String signed(JWSHeader header, SignedJWT claims, JWSSigner signer)
      throws JOSEException {
    var jws = new JWSObject(header, claims.getPayload());
    jws.sign(signer);
    return jws.serialize();
  }

  private static List<String> rolesIn(String accessToken) throws ParseException {
    return SignedJWT.parse(accessToken).getJWTClaimsSet().getStringListClaim("roles");
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
