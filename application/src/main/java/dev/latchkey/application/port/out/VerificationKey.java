package dev.latchkey.application.port.out;

import java.security.PublicKey;

/**
 * A public key that resource servers check access tokens with.
 *
 * @param id the {@code kid} in the header of the tokens it checks
 * @param algorithm the one JWS algorithm it is for, by its registered name (RFC 7518 §3.1)
 */
public record VerificationKey(String id, String algorithm, PublicKey key) {}
