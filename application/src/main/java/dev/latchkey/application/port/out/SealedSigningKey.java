package dev.latchkey.application.port.out;

import dev.latchkey.domain.session.MasterKeyId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/**
 * A signing key as it is stored: the public part readable, the private part encrypted under a master key, which is kept
 * elsewhere.
 */
public final class SealedSigningKey {

  private final int number;
  private final String id;
  private final String algorithm;
  private final byte[] publicKey;
  private final byte[] sealedPrivateKey;
  private final MasterKeyId masterKeyId;
  private final Instant createdAt;

  /**
   * @param number 1 for the first key of an installation, then 2, 3, …
   * @param id the {@code kid}
   * @param algorithm the JWS algorithm (RFC 7518 §3.1)
   * @param publicKey X.509 SubjectPublicKeyInfo, DER
   * @param sealedPrivateKey PKCS #8, encrypted
   * @param masterKeyId the master key it is encrypted under
   */
  public SealedSigningKey(
      int number,
      String id,
      String algorithm,
      byte[] publicKey,
      byte[] sealedPrivateKey,
      MasterKeyId masterKeyId,
      Instant createdAt) {
    this.number = number;
    this.id = id;
    this.algorithm = algorithm;
    this.publicKey = publicKey.clone();
    this.sealedPrivateKey = sealedPrivateKey.clone();
    this.masterKeyId = masterKeyId;
    this.createdAt = createdAt;
  }

  public int number() {
    return number;
  }

  public String id() {
    return id;
  }

  public String algorithm() {
    return algorithm;
  }

  public byte[] publicKey() {
    return publicKey.clone();
  }

  public byte[] sealedPrivateKey() {
    return sealedPrivateKey.clone();
  }

  public MasterKeyId masterKeyId() {
    return masterKeyId;
  }

  public Instant createdAt() {
    return createdAt;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SealedSigningKey that
        && number == that.number
        && id.equals(that.id)
        && algorithm.equals(that.algorithm)
        && Arrays.equals(publicKey, that.publicKey)
        && Arrays.equals(sealedPrivateKey, that.sealedPrivateKey)
        && masterKeyId.equals(that.masterKeyId)
        && createdAt.equals(that.createdAt);
  }

  @Override
  public int hashCode() {
    return Objects.hash(number, id);
  }

  @Override
  public String toString() {
    return "SealedSigningKey[number=" + number + ", id=" + id + ", algorithm=" + algorithm + "]";
  }
}
