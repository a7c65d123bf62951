package dev.latchkey.adapters.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.adapters.security.Samples;
import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.session.EndedSessionsList;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.token.TokenText;
import java.security.Key;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Read by the library of others. */
final class JwtEndedSessionsTest {

  private static final String ISSUER = "https://login.example.org";
  private static final Instant AS_OF = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final UUID SESSION = UUID.fromString("fedcba98-7654-4210-8edc-ba9876543210");

  private final JwtEndedSessions documents = new JwtEndedSessions(ISSUER);

  @ParameterizedTest
  @EnumSource(
      value = SigningAlgorithm.class,
      names = {"ES256", "RS256"})
  void isVerifiedByAnotherLibrary(SigningAlgorithm algorithm) throws Exception {
    OpenedSigningKey key = Samples.open(Samples.sealedKey(algorithm));

    var jwt = SignedJWT.parse(documents.sign(list(null, null), key));

    JWK jwk = JWK.parse(new HashMap<String, Object>(key.verificationKey().jwk()));
    Key publicKey =
        algorithm == SigningAlgorithm.RS256
            ? jwk.toRSAKey().toPublicKey()
            : jwk.toECKey().toPublicKey();
    assertThat(
            jwt.verify(
                new DefaultJWSVerifierFactory().createJWSVerifier(jwt.getHeader(), publicKey)))
        .isTrue();
    assertThat(jwt.getHeader().getType()).isEqualTo(new JOSEObjectType("ended-sessions+jwt"));
    assertThat(jwt.getHeader().getKeyID()).isEqualTo(key.id());
  }

  @Test
  void saysWhatTheListSays() throws Exception {
    OpenedSigningKey key = Samples.open(Samples.sealedKey(SigningAlgorithm.ES256));
    String text =
        documents.sign(
            list(Instant.ofEpochMilli(1234), Instant.parse("2026-01-02T03:04:00Z")), key);

    JWTClaimsSet claims = SignedJWT.parse(text).getJWTClaimsSet();

    assertThat(claims.getIssuer()).isEqualTo(ISSUER);
    assertThat(claims.getLongClaim("as_of")).isEqualTo(AS_OF.toEpochMilli());
    assertThat(claims.getLongClaim("since")).isEqualTo(1234);
    assertThat(claims.getLongClaim("window")).isEqualTo(420);
    assertThat(claims.getLongClaim("not_before")).isEqualTo(1767323040L);
    assertThat(claims.getStringListClaim("sids")).containsExactly(SESSION.toString());
  }

  @Test
  void leavesOutWhatAWholeListDoesNotSay() throws Exception {
    OpenedSigningKey key = Samples.open(Samples.sealedKey(SigningAlgorithm.ES256));

    JWTClaimsSet claims = SignedJWT.parse(documents.sign(list(null, null), key)).getJWTClaimsSet();

    assertThat(claims.getClaims()).containsOnlyKeys("iss", "as_of", "window", "sids");
  }

  @Test
  void isNoAccessToken() {
    OpenedSigningKey key = Samples.open(Samples.sealedKey(SigningAlgorithm.ES256));
    String text = documents.sign(list(null, null), key);

    assertThat(
            new JwtAccessTokens(ISSUER, "anybody", new SecureRandom())
                .read(new TokenText(text), _ -> Optional.of(key)))
        .isEmpty();
  }

  private static EndedSessionsList list(@Nullable Instant since, @Nullable Instant notBefore) {
    return new EndedSessionsList(
        AS_OF, since, List.of(new SessionId(SESSION)), Duration.ofMinutes(7), notBefore);
  }
}
