package dev.latchkey.adapters.security;

import dev.latchkey.adapters.security.key.AesGcmSigningKeySeal;
import dev.latchkey.adapters.security.key.MasterKeys;
import dev.latchkey.adapters.security.key.SignatureProvider;
import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.port.out.key.SigningKeySeal;
import dev.latchkey.domain.key.NextSigningKey;
import dev.latchkey.domain.key.SigningAlgorithm;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** What several tests here start from. */
public final class Samples {

  /** The bytes 0, 1, 2, … 31. */
  public static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  /** The bytes 32, 33, 34, … 63. */
  public static final String OTHER_KEY = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

  private Samples() {}

  /** The first key of an installation, as it is stored. */
  public static SealedSigningKey sealedKey(SigningAlgorithm algorithm) {
    var next =
        new NextSigningKey(1, algorithm, Instant.EPOCH, Instant.EPOCH, Duration.ofMinutes(5));
    return seal().generate(next);
  }

  /** Opens what {@link #sealedKey} made. */
  public static OpenedSigningKey open(SealedSigningKey key) {
    return seal().open(key).orElseThrow();
  }

  private static SigningKeySeal seal() {
    return new AesGcmSigningKeySeal(
        MasterKeys.parse(KEY), SignatureProvider.fastest(), new SecureRandom());
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
