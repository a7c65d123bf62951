package dev.latchkey.application.port;

import dev.latchkey.domain.key.SigningAlgorithm;
import java.security.PublicKey;

/**
 * A public key that resource servers check access tokens with.
 *
 * @param id the {@code kid} in the header of the tokens it checks
 * @param algorithm the one algorithm it is for
 * @param key of the kind that the algorithm needs
 */
public record VerificationKey(String id, SigningAlgorithm algorithm, PublicKey key) {}
