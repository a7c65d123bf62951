package dev.latchkey.application.port;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A public key that resource servers check access tokens with.
 *
 * @param id the {@code kid} in the header of the tokens that it checks
 * @param jwk its members as a JWK (RFC 7517 §4), {@code kid}, {@code alg} and {@code use} among
 *     them; all are strings, and their order stays
 */
public record VerificationKey(String id, Map<String, String> jwk) {

  public VerificationKey {
    jwk = Collections.unmodifiableMap(new LinkedHashMap<>(jwk));
  }
}
