package dev.latchkey.adapters.web.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A device with a key of its own, which proves it as RFC 9449 has it. */
public final class DeviceKey {

  private final ECKey key;
  private final String issuer;
  private final InstantSource clock;
  private String nonce = "";

  /**
   * @param issuer that addresses of the service begin with
   */
  public DeviceKey(String issuer, InstantSource clock) {
    try {
      this.key = new ECKeyGenerator(Curve.P_256).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    this.issuer = issuer;
    this.clock = clock;
  }

  public String thumbprint() {
    try {
      return key.computeThumbprint().toString();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Keeps the nonce for the next proof. */
  public Answer learn(Answer answer) {
    String next = answer.header("DPoP-Nonce");
    nonce = next.isEmpty() ? nonce : next;
    return answer;
  }

  /** A proof for a request without an access token. */
  public String proof(String method, String path) {
    return proof(method, path, UnaryOperator.identity());
  }

  /** A proof for a request with one. */
  public String proof(String method, String path, String accessToken) {
    return proof(method, path, claims -> claims.claim("ath", hash(accessToken)));
  }

  /** A proof with something changed. */
  @SuppressWarnings("JavaUtilDate") // the library's
  public String proof(String method, String path, UnaryOperator<JWTClaimsSet.Builder> change) {
    var claims =
        new JWTClaimsSet.Builder()
            .jwtID(UUID.randomUUID().toString())
            .claim("htm", method)
            .claim("htu", issuer + path)
            .issueTime(Date.from(clock.instant()));
    if (!nonce.isEmpty()) {
      claims.claim("nonce", nonce);
    }
    var header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("dpop+jwt"))
            .jwk(key.toPublicJWK())
            .build();
    var jwt = new SignedJWT(header, change.apply(claims).build());
    try {
      jwt.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return jwt.serialize();
  }

  /** What the claim {@code ath} of a proof is (RFC 9449 §4.2). */
  public static String hash(String accessToken) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(accessToken.getBytes(US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Posts JSON with a proof, a second time if the service asks for its nonce. */
  public Answer post(Client client, String path, Map<String, ?> body) {
    Answer answer = learn(client.post(path, body, "DPoP", proof("POST", path)));
    return answer.status() == 400 && answer.text("/code").equals("use_dpop_nonce")
        ? learn(client.post(path, body, "DPoP", proof("POST", path)))
        : answer;
  }

  /** Gets with an access token and a proof for it. */
  public Answer get(Client client, String path, String accessToken) {
    return learn(
        client.get(
            path, "Authorization", "DPoP " + accessToken, "DPoP", proof("GET", path, accessToken)));
  }
}
