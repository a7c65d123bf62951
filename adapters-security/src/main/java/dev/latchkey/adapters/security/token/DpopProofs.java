package dev.latchkey.adapters.security.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.adapters.security.key.SignatureProvider;
import dev.latchkey.application.port.out.session.KeyProofs;
import dev.latchkey.domain.session.KeyProof;
import dev.latchkey.domain.session.KeyThumbprint;
import java.security.Provider;
import java.text.ParseException;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * DPoP proofs (RFC 9449 §4.2), read and verified by Nimbus, with native code where there is any for
 * the algorithm. Anybody can send one, so what it may cost is limited: its length, the algorithms,
 * the sizes of RSA keys. EdDSA would need another library.
 */
public final class DpopProofs implements KeyProofs {

  private static final Set<String> ALGORITHMS = Set.copyOf(KeyProof.ALGORITHMS);

  private static final JOSEObjectType TYPE = new JOSEObjectType("dpop+jwt");

  /** One with an RSA key of 4096 bits has some 1 600 characters. */
  private static final int MAX_LENGTH = 4096;

  private static final int MAX_CLAIM_LENGTH = 2048;
  private static final int MAX_ID_LENGTH = 255;
  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 4096;

  /** What the library asks a provider for. */
  private static final Map<String, String> SCHEMES =
      Map.of(
          "ES256", "SHA256withECDSA",
          "ES384", "SHA384withECDSA",
          "ES512", "SHA512withECDSA",
          "PS256", "RSASSA-PSS",
          "RS256", "SHA256withRSA");

  private final SignatureProvider signatures;

  public DpopProofs(SignatureProvider signatures) {
    this.signatures = signatures;
  }

  @Override
  public Reading read(String proof) {
    if (proof.length() > MAX_LENGTH) {
      return new Reading.Rejected("a proof has at most " + MAX_LENGTH + " characters");
    }
    try {
      return verified(SignedJWT.parse(proof));
    } catch (ParseException | JOSEException | IllegalArgumentException _) {
      return new Reading.Rejected("it is not a DPoP proof as RFC 9449 section 4.2 has it");
    }
  }

  private Reading verified(SignedJWT jwt) throws ParseException, JOSEException {
    JWSHeader header = jwt.getHeader();
    JWK key = header.getJWK();
    String objection = objectionTo(header, key);
    if (objection != null || key == null) {
      return new Reading.Rejected(objection == null ? "jwk is missing" : objection);
    }
    if (!jwt.verify(verifier(header, key))) {
      return new Reading.Rejected("the signature is not one of the key in jwk");
    }
    return signed(new KeyThumbprint(key.computeThumbprint().toString()), jwt.getJWTClaimsSet());
  }

  private static @Nullable String objectionTo(JWSHeader header, @Nullable JWK key) {
    if (!TYPE.equals(header.getType())) {
      return "typ must be dpop+jwt";
    }
    if (!ALGORITHMS.contains(header.getAlgorithm().getName())) {
      return "alg must be one of " + String.join(" ", KeyProof.ALGORITHMS);
    }
    if (key == null) {
      return "jwk is missing";
    }
    if (key.isPrivate()) {
      return "jwk contains a private key, which is not secret any more";
    }
    if (header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
      return "crit and b64 are not supported";
    }
    if (key instanceof RSAKey rsa && (rsa.size() < MIN_RSA_BITS || rsa.size() > MAX_RSA_BITS)) {
      return "an RSA key must have " + MIN_RSA_BITS + " to " + MAX_RSA_BITS + " bits";
    }
    return null;
  }

  /** The library checks that the key suits the algorithm. */
  private JWSVerifier verifier(JWSHeader header, JWK key) throws JOSEException {
    JWSVerifier verifier =
        switch (key) {
          case ECKey ec -> new ECDSAVerifier(ec);
          case RSAKey rsa -> new RSASSAVerifier(rsa);
          default -> throw new JOSEException("no key for a signature that is accepted");
        };
    nativeCodeFor(header.getAlgorithm()).ifPresent(verifier.getJCAContext()::setProvider);
    return verifier;
  }

  /** Empty where the JDK verifies. */
  Optional<Provider> nativeCodeFor(JWSAlgorithm algorithm) {
    return Optional.ofNullable(SCHEMES.get(algorithm.getName()))
        .flatMap(
            scheme ->
                signatures.nativeCodeFor(
                    scheme, JWSAlgorithm.Family.EC.contains(algorithm) ? "EC" : "RSA"));
  }

  private static Reading signed(KeyThumbprint key, JWTClaimsSet claims) throws ParseException {
    String method = claims.getStringClaim("htm");
    String address = claims.getStringClaim("htu");
    Date issuedAt = claims.getIssueTime();
    String id = claims.getJWTID();
    if (method == null || address == null || issuedAt == null || id == null) {
      return new Reading.Rejected("htm, htu, iat and jti are required");
    }
    String accessTokenHash = claims.getStringClaim("ath");
    String nonce = claims.getStringClaim("nonce");
    boolean tooLong =
        id.isEmpty()
            || id.length() > MAX_ID_LENGTH
            || Stream.of(method, address).anyMatch(claim -> claim.length() > MAX_CLAIM_LENGTH);
    return tooLong
        ? new Reading.Rejected("jti must have 1 to " + MAX_ID_LENGTH + " characters")
        : new Reading.Signed(key, method, address, issuedAt.toInstant(), accessTokenHash, nonce);
  }
}
