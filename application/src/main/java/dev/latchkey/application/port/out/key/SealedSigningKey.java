package dev.latchkey.application.port.out.key;

import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.key.SigningKey;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A signing key as it is stored: the public part readable, the private part encrypted under a
 * master key, which is kept elsewhere.
 */
public final class SealedSigningKey {

  private final SigningKey key;
  private final byte[] publicKey;
  private final byte @Nullable [] sealedPrivateKey;
  private final MasterKeyId masterKeyId;

  /**
   * @param publicKey X.509 SubjectPublicKeyInfo, DER
   * @param sealedPrivateKey PKCS #8, encrypted; null if and only if the key is erased
   * @param masterKeyId the master key it is encrypted under
   * @throws IllegalArgumentException if the private part is there although the key is erased, or
   *     the other way round
   */
  public SealedSigningKey(
      SigningKey key,
      byte[] publicKey,
      byte @Nullable [] sealedPrivateKey,
      MasterKeyId masterKeyId) {
    if (key.erased() != (sealedPrivateKey == null)) {
      throw new IllegalArgumentException("an erased key, and no other, has no private part");
    }
    this.key = key;
    this.publicKey = publicKey.clone();
    this.sealedPrivateKey = sealedPrivateKey == null ? null : sealedPrivateKey.clone();
    this.masterKeyId = masterKeyId;
  }

  public SigningKey key() {
    return key;
  }

  public byte[] publicKey() {
    return publicKey.clone();
  }

  public byte @Nullable [] sealedPrivateKey() {
    return sealedPrivateKey == null ? null : sealedPrivateKey.clone();
  }

  public MasterKeyId masterKeyId() {
    return masterKeyId;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SealedSigningKey that
        && key.equals(that.key)
        && Arrays.equals(publicKey, that.publicKey)
        && Arrays.equals(sealedPrivateKey, that.sealedPrivateKey)
        && masterKeyId.equals(that.masterKeyId);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key);
  }

  @Override
  public String toString() {
    return "SealedSigningKey[key=" + key + "]";
  }
}
