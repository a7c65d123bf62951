package dev.latchkey.domain.session;

import java.time.Instant;
import java.util.List;

/**
 * The caller has a private key: it signed this very request with it (RFC 9449 §4).
 *
 * @param key that was proven
 * @param notBefore when the service issued the nonce in the proof (RFC 9449 §8), so that the proof
 *     is younger
 */
public record KeyProof(KeyThumbprint key, Instant notBefore) {

  /** What a proof may be signed with, by the names that JWS has for it (RFC 7518 §3.1). */
  public static final List<String> ALGORITHMS =
      List.of("ES256", "ES384", "ES512", "PS256", "RS256");
}
