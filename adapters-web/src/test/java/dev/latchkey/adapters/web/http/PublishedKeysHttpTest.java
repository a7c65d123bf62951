package dev.latchkey.adapters.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What resource servers need: the published keys, and access tokens that others' libraries check
 * with them alone.
 */
class PublishedKeysHttpTest extends HttpTest {

  private static final String PATH = "/.well-known/jwks.json";
  private static final String ISSUER = "https://auth.example.org";
  private static final String AUDIENCE = "latchkey";

  @Test
  void publishesNothingPrivate() throws ParseException, JOSEException {
    Answer answer = client.get(PATH).hasStatus(200);

    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.header("Cache-Control")).matches("public, max-age=[1-9][0-9]*");
    assertThat(answer.json().fieldNames()).toIterable().containsExactly("keys");
    assertThat(answer.json().at("/keys")).isNotEmpty();
    for (JsonNode key : answer.json().at("/keys")) {
      assertThat(key.fieldNames())
          .toIterable()
          .containsExactlyInAnyOrder("kty", "crv", "x", "y", "alg", "use", "kid");
      assertThat(key.at("/alg").asText()).isEqualTo("ES256");
      assertThat(key.at("/use").asText()).isEqualTo("sig");
      ECKey ec = ECKey.parse(key.toString());
      assertThat(ec.isPrivate()).isFalse();
      assertThat(ec.getKeyID()).isEqualTo(ec.computeThumbprint().toString());
    }
  }

  @Test
  void issuesAccessTokensAsRfc9068HasThem() throws ParseException {
    String name = Client.someone();
    Answer registration = client.register(name).hasStatus(201);
    SignedJWT token = SignedJWT.parse(registration.text("/tokens/accessToken"));

    assertThat(token.getHeader().toJSONObject()).containsOnlyKeys("alg", "typ", "kid");
    assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
    assertThat(token.getHeader().getType()).isEqualTo(new JOSEObjectType("at+jwt"));
    assertThat(client.get(PATH).json().at("/keys").findValuesAsText("kid"))
        .contains(token.getHeader().getKeyID());
    JWTClaimsSet claims = token.getJWTClaimsSet();
    assertThat(claims.getClaims())
        .containsOnlyKeys(
            "iss",
            "aud",
            "sub",
            "client_id",
            "iat",
            "exp",
            "jti",
            "sid",
            "auth_time",
            "amr",
            "roles",
            "preferred_username");
    assertThat(claims.getIssuer()).isEqualTo(ISSUER);
    assertThat(claims.getAudience()).containsExactly(AUDIENCE);
    assertThat(claims.getSubject()).isEqualTo(registration.text("/account/id"));
    assertThat(claims.getStringClaim("client_id")).isEqualTo("latchkey");
    assertThat(
            Duration.between(
                claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant()))
        .isEqualTo(Duration.ofMinutes(5));
    assertThat(claims.getJWTID()).isNotEmpty();
    assertThat(claims.getStringClaim("sid")).isEqualTo(registration.text("/tokens/sessionId"));
    assertThat(claims.getDateClaim("auth_time")).isEqualTo(claims.getIssueTime());
    assertThat(claims.getStringListClaim("amr")).containsExactly("pwd");
    assertThat(claims.getStringListClaim("roles")).containsExactly("user");
    assertThat(claims.getStringClaim("preferred_username")).isEqualTo(name);
  }

  @Test
  void anExchangeKeepsTheTimeOfTheLogInAndRenewsTheRest() throws ParseException {
    Tokens first = client.newcomer();
    clock.advance(Duration.ofSeconds(10));

    JWTClaimsSet before = SignedJWT.parse(first.access()).getJWTClaimsSet();
    JWTClaimsSet after =
        SignedJWT.parse(client.refresh(first.refresh()).hasStatus(200).accessToken())
            .getJWTClaimsSet();

    assertThat(after.getDateClaim("auth_time")).isEqualTo(before.getDateClaim("auth_time"));
    assertThat(after.getIssueTime()).isAfter(before.getIssueTime());
    assertThat(after.getExpirationTime()).isAfter(before.getExpirationTime());
    assertThat(after.getJWTID()).isNotEqualTo(before.getJWTID());
  }

  @Test
  void aResourceServerOnNimbusTakesOurTokensAndNoOthers() throws Exception {
    JWTProcessor<SecurityContext> resourceServer = nimbus();
    String token = client.newcomer().access();

    JWTClaimsSet claims = resourceServer.process(token, null);

    assertThat(claims.getSubject()).isEqualTo(client.me(token).text("/id"));
    assertThatThrownBy(() -> resourceServer.process(changed(token), null))
        .isInstanceOf(BadJWSException.class);
  }

  private JWTProcessor<SecurityContext> nimbus() throws MalformedURLException {
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            JWSAlgorithm.ES256,
            JWKSourceBuilder.<SecurityContext>create(published().toURL()).build()));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            AUDIENCE,
            new JWTClaimsSet.Builder().issuer(ISSUER).build(),
            Set.of("sub", "client_id", "iat", "exp", "jti")));
    return processor;
  }

  private URI published() {
    return node.address().resolve(PATH);
  }

  /**
   * With another tenth character of the signature: all its bits count, which is not so of the last
   * one.
   */
  private static String changed(String token) {
    int i = token.lastIndexOf('.') + 10;
    char other = token.charAt(i) == 'A' ? 'B' : 'A';
    return token.substring(0, i) + other + token.substring(i + 1);
  }
}
