package dev.latchkey.examples.tasks.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;

/**
 * The check of an access token (RFC 9068 §4): type, algorithm, signature, issuer, audience, and at
 * last the time, so that a token is only called expired if nothing else is wrong with it.
 */
@Singleton
final class AccessTokens {

  /** By how much the clocks of Latchkey and of this service may differ. */
  static final Duration LEEWAY = Duration.ofSeconds(5);

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  AccessTokens(
      LatchkeyKeys keys,
      InstantSource clock,
      @Value("${latchkey.issuer}") String issuer,
      @Value("${latchkey.audience}") String audience,
      @Value("${latchkey.algorithm}") String algorithm) {
    // An ID token or a log-out token of the same issuer permits nothing (RFC 8725 §3.11).
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
    // The algorithm is ours to choose, never the token's (RFC 8725 §3.1).
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(JWSAlgorithm.parse(algorithm), keys));
    processor.setJWTClaimsSetVerifier(claims(issuer, audience, clock));
  }

  private static DefaultJWTClaimsVerifier<SecurityContext> claims(
      String issuer, String audience, InstantSource clock) {
    var verifier =
        new DefaultJWTClaimsVerifier<SecurityContext>(
            audience, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp")) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        };
    verifier.setMaxClockSkew((int) LEEWAY.toSeconds());
    return verifier;
  }

  /**
   * @throws ParseException if it is no JWT
   * @throws com.nimbusds.jwt.proc.ExpiredJWTException if nothing is wrong with it but its age
   * @throws BadJOSEException if it is not valid
   * @throws JOSEException if it cannot be checked, because there are no keys
   */
  JWTClaimsSet verify(String token) throws ParseException, BadJOSEException, JOSEException {
    return processor.process(token, null);
  }
}
