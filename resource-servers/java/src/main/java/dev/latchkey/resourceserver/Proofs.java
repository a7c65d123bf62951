package dev.latchkey.resourceserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The check of a DPoP proof at a resource server (RFC 9449 §4.3, §7). */
final class Proofs {

  /** What Nimbus can check without another library, and only with keys that come in public. */
  static final List<String> ALGORITHMS =
      List.of("ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512");

  private static final JOSEObjectType TYPE = new JOSEObjectType("dpop+jwt");
  private static final int MOST_CHARACTERS = 4096;
  private static final int MOST_CHARACTERS_OF_ID = 255;
  private static final int LEAST_BITS_OF_RSA = 2048;
  private static final int MOST_BITS_OF_RSA = 4096; // verification would cost too much

  private final InstantSource clock;
  private final Duration window;
  private final SeenProofs seen;

  /**
   * @param window how far {@code iat} may be from the time here, both ways
   */
  Proofs(InstantSource clock, Duration window, SeenProofs seen) {
    this.clock = clock;
    this.window = window;
    this.seen = seen;
  }

  /**
   * @param accessToken that comes with the proof
   * @param thumbprint of the key that the access token is bound to
   * @return what is wrong with the proof of this call; empty if nothing is. A proof is used up by
   *     that
   */
  Optional<String> refusal(Call call, URI address, String accessToken, String thumbprint) {
    if (call.proofs().isEmpty()) {
      return Optional.of("The token needs a proof of its key.");
    }
    if (call.proofs().size() > 1) {
      return Optional.of("There is more than one proof.");
    }
    String text = call.proofs().get(0);
    if (text.length() > MOST_CHARACTERS) {
      return Optional.of("The proof is too long.");
    }
    try {
      SignedJWT proof = SignedJWT.parse(text);
      JWTClaimsSet claims = proof.getJWTClaimsSet();
      return Optional.ofNullable(
          first(
              signature(proof, thumbprint),
              meaning(claims, call.method(), address, accessToken),
              singleUse(claims, thumbprint)));
    } catch (ParseException | JOSEException | RuntimeException e) {
      // Nimbus throws unchecked exceptions at a few keys that make no sense.
      return Optional.of("The proof is malformed.");
    }
  }

  /** A step of the check, which is only taken if those before it found nothing. */
  private interface Step {
    @Nullable String refusal() throws ParseException, JOSEException;
  }

  private static @Nullable String first(Step... steps) throws ParseException, JOSEException {
    for (Step step : steps) {
      String refusal = step.refusal();
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private static Step signature(SignedJWT proof, String thumbprint) {
    return () -> {
      JWSHeader header = proof.getHeader();
      if (!TYPE.equals(header.getType())) {
        return "The proof is not of the type dpop+jwt.";
      }
      if (!ALGORITHMS.contains(header.getAlgorithm().getName())) {
        return "The algorithm of the proof is not supported.";
      }
      JWK key = header.getJWK();
      if (key == null || key.isPrivate()) {
        return "The header of the proof must contain the public key, and only that.";
      }
      if (!thumbprint.equals(key.computeThumbprint().toString())) {
        return "The proof is of another key than the token.";
      }
      JWSVerifier verifier = verifier(key);
      return verifier != null && proof.verify(verifier)
          ? null
          : "The signature of the proof is not valid.";
    };
  }

  private static @Nullable JWSVerifier verifier(JWK key) throws JOSEException {
    if (key instanceof ECKey ec) {
      return new ECDSAVerifier(ec);
    }
    if (key instanceof RSAKey rsa
        && rsa.size() >= LEAST_BITS_OF_RSA
        && rsa.size() <= MOST_BITS_OF_RSA) {
      return new RSASSAVerifier(rsa);
    }
    return null;
  }

  private Step meaning(JWTClaimsSet claims, String method, URI address, String accessToken) {
    return () -> {
      if (!method.equals(claims.getStringClaim("htm"))) {
        return "The proof is for another method.";
      }
      String htu = claims.getStringClaim("htu");
      if (htu == null || !isSame(htu, address)) {
        return "The proof is for another address.";
      }
      if (!hash(accessToken).equals(claims.getStringClaim("ath"))) {
        return "The proof is for another token.";
      }
      Date issued = claims.getIssueTime();
      Instant now = clock.instant();
      if (issued == null
          || issued.toInstant().isBefore(now.minus(window))
          || issued.toInstant().isAfter(now.plus(window))) {
        return "The time of the proof is too far from the time here.";
      }
      return null;
    };
  }

  private Step singleUse(JWTClaimsSet claims, String thumbprint) {
    return () -> {
      String id = claims.getJWTID();
      if (id == null || id.isEmpty() || id.length() > MOST_CHARACTERS_OF_ID) {
        return "The proof needs an id of at most " + MOST_CHARACTERS_OF_ID + " characters.";
      }
      return seen.isNew(thumbprint, id) ? null : "The proof was used before.";
    };
  }

  /** {@code ath} of RFC 9449 §4.2. */
  static String hash(String accessToken) {
    return Base64URL.encode(digest(accessToken)).toString();
  }

  /** Without query and fragment, and after normalization (RFC 9449 §4.3, RFC 3986 §6.2). */
  private static boolean isSame(String htu, URI address) {
    try {
      URI claimed = new URI(htu);
      return claimed.getHost() != null && normal(claimed).equals(normal(address));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String normal(URI uri) {
    URI plain = uri.normalize();
    String scheme = String.valueOf(plain.getScheme()).toLowerCase(Locale.ROOT);
    String host = String.valueOf(plain.getHost()).toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    int port = plain.getPort() == -1 ? usual : plain.getPort();
    String path = plain.getRawPath() == null ? "" : plain.getRawPath();
    return scheme + "://" + host + ":" + port + (path.isEmpty() ? "/" : path);
  }

  static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
