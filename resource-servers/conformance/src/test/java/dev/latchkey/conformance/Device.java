package dev.latchkey.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Makes proofs of its key (RFC 9449 §4.2), and proofs that are wrong in one thing. */
final class Device {

  private static final JWSHeader ES256 = new JWSHeader(JWSAlgorithm.ES256);

  private final ECKey key;
  private final URI address;

  /**
   * @param address that it proves calls of
   */
  Device(URI address) throws JOSEException {
    this.key = Issuer.newKey("device");
    this.address = address;
  }

  ECKey key() {
    return key;
  }

  Map<String, Object> confirmation() throws JOSEException {
    return Map.of("jkt", key.computeThumbprint().toString());
  }

  String proof(String accessToken) throws JOSEException {
    return proof(accessToken, header -> {}, claims -> {});
  }

  String proof(String accessToken, Consumer<Map<String, Object>> claims) throws JOSEException {
    return proof(accessToken, header -> {}, claims);
  }

  /** With a header and claims that are changed before they are signed. */
  String proof(
      String accessToken,
      Consumer<Map<String, Object>> header,
      Consumer<Map<String, Object>> claims)
      throws JOSEException {
    return proof(new ECDSASigner(key), ES256, accessToken, header, claims);
  }

  /** The header is written by hand: libraries do not make those that are wrong. */
  String proof(
      JWSSigner signer,
      JWSHeader algorithm,
      String accessToken,
      Consumer<Map<String, Object>> header,
      Consumer<Map<String, Object>> claims)
      throws JOSEException {
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("typ", "dpop+jwt");
    head.put("alg", algorithm.getAlgorithm().getName());
    head.put("jwk", publicJwk());
    header.accept(head);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("jti", UUID.randomUUID().toString());
    body.put("htm", "GET");
    body.put("htu", address.toString());
    body.put("iat", Instant.now().getEpochSecond());
    body.put("ath", hash(accessToken));
    claims.accept(body);
    String input = encode(head) + "." + encode(body);
    return input + "." + signer.sign(algorithm, input.getBytes(UTF_8));
  }

  Map<String, Object> publicJwk() {
    return Map.of(
        "kty", "EC", "crv", "P-256", "x", key.getX().toString(), "y", key.getY().toString());
  }

  Map<String, Object> privateJwk() {
    var all = new LinkedHashMap<>(publicJwk());
    all.put("d", key.getD().toString());
    return all;
  }

  private static String encode(Map<String, Object> members) {
    return Base64URL.encode(JSONObjectUtils.toJSONString(members)).toString();
  }

  private static String hash(String accessToken) {
    try {
      return Base64URL.encode(
              MessageDigest.getInstance("SHA-256").digest(accessToken.getBytes(US_ASCII)))
          .toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
