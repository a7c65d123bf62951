package dev.latchkey.adapters.security;

import dev.latchkey.adapters.security.key.MasterKeys;
import dev.latchkey.adapters.security.key.SigningKeyPair;
import dev.latchkey.adapters.security.key.SigningKeyRing;
import dev.latchkey.application.port.in.key.RotateSigningKeys;
import dev.latchkey.application.port.out.key.SigningKeys;
import dev.latchkey.application.service.key.RotateSigningKeysService;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.key.SigningKeyPolicy;
import dev.latchkey.testkit.FakeTrustedTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;

/** What several tests here start from. */
public final class Samples {

  /** The bytes 0, 1, 2, … 31. */
  public static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  /** The bytes 32, 33, 34, … 63. */
  public static final String OTHER_KEY = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

  private Samples() {}

  public static SigningKeyPolicy policy(SigningAlgorithm algorithm) {
    return new SigningKeyPolicy(
        algorithm, Duration.ofDays(30), Duration.ofMinutes(5), Duration.ofMinutes(5));
  }

  /** A ring as the service starts it: if the store has no key, there is one afterwards. */
  public static SigningKeyRing ringWithKeys(
      SigningKeys store, SigningAlgorithm algorithm, InstantSource clock, SecureRandom random) {
    SigningKeyPolicy policy = policy(algorithm);
    SigningKeyRing ring = SigningKeyRing.open(store, MasterKeys.parse(KEY), policy, clock, random);
    var _ =
        new RotateSigningKeysService(
                store, ring, policy, _ -> {}, clock, new FakeTrustedTime(clock))
            .execute(new RotateSigningKeys.Command(RotateSigningKeys.Occasion.SCHEDULE));
    ring.refresh();
    return ring;
  }

  /**
   * A pair with that public key and a private key that does not belong to it: it verifies and signs
   * nothing of use.
   *
   * @param x509 the public key, DER
   */
  public static SigningKeyPair verifierWith(SigningAlgorithm algorithm, byte[] x509) {
    byte[] anyPrivateKey =
        SigningKeyPair.generate(1, algorithm, new SecureRandom()).encodedPrivateKey();
    return SigningKeyPair.decode(1, algorithm, x509, anyPrivateKey);
  }

  /** Gives the same byte for ever. */
  public static SecureRandom constantRandom(int value) {
    return new SecureRandom() {
      @Override
      public void nextBytes(byte[] bytes) {
        Arrays.fill(bytes, (byte) value);
      }
    };
  }
}
