package dev.latchkey.adapters.security.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.port.out.key.SigningKeySeal;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.key.NextSigningKey;
import dev.latchkey.domain.key.SigningKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts the private part of signing keys with AES-256-GCM, and ties to it what the row says of
 * the key's identity: a key that somebody wrote, changed or put together from others does not open.
 * From when it signs and how long its tokens live is not tied to it, as the latter may change.
 *
 * <pre>
 * sealed = nonce:12 | ciphertext | tag:16
 * K      = HKDF-SHA256( master key, "latchkey signing key v1" )
 * </pre>
 */
public final class AesGcmSigningKeySeal implements SigningKeySeal {

  private static final String PURPOSE = "latchkey signing key v1";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;

  private final MasterKeyId currentKeyId;
  private final Map<MasterKeyId, SecretKey> keys;
  private final SignatureProvider signatures;
  private final SecureRandom random;

  /**
   * @param signatures what the keys that are opened sign and verify with
   */
  public AesGcmSigningKeySeal(
      MasterKeys masterKeys, SignatureProvider signatures, SecureRandom random) {
    this.currentKeyId = masterKeys.currentId();
    this.keys = masterKeys.derive(PURPOSE, "AES");
    this.signatures = signatures;
    this.random = random;
  }

  SealedSigningKey seal(SigningKeyPair pair, SigningKey key) {
    byte[] publicKey = pair.encodedPublicKey();
    byte[] nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    try {
      Cipher cipher =
          cipher(Cipher.ENCRYPT_MODE, currentKeyId, nonce, rowText(key, publicKey, currentKeyId));
      byte[] encrypted = cipher.doFinal(pair.encodedPrivateKey());
      byte[] sealed =
          ByteBuffer.allocate(NONCE_LENGTH + encrypted.length).put(nonce).put(encrypted).array();
      return new SealedSigningKey(key, publicKey, sealed, currentKeyId);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks " + CIPHER, e);
    }
  }

  @Override
  public SealedSigningKey generate(NextSigningKey next) {
    SigningKeyPair pair = SigningKeyPair.generate(next.algorithm(), random);
    return seal(pair, next.made(pair.id()));
  }

  @Override
  public Optional<SealedSigningKey> reseal(SealedSigningKey row) {
    return row.masterKeyId().equals(currentKeyId)
        ? Optional.empty()
        : pairOf(row).map(pair -> seal(pair, row.key()));
  }

  @Override
  public Optional<OpenedSigningKey> open(SealedSigningKey row) {
    return pairOf(row).map(pair -> pair);
  }

  Optional<SigningKeyPair> pairOf(SealedSigningKey row) {
    byte[] sealed = row.sealedPrivateKey();
    if (sealed == null || !keys.containsKey(row.masterKeyId()) || sealed.length < NONCE_LENGTH) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(sealed);
    byte[] nonce = new byte[NONCE_LENGTH];
    bytes.get(nonce);
    byte[] encrypted = new byte[bytes.remaining()];
    bytes.get(encrypted);
    SigningKey key = row.key();
    byte[] text = rowText(key, row.publicKey(), row.masterKeyId());
    try {
      byte[] privateKey =
          cipher(Cipher.DECRYPT_MODE, row.masterKeyId(), nonce, text).doFinal(encrypted);
      return Optional.of(
          SigningKeyPair.decode(key.algorithm(), signatures, row.publicKey(), privateKey));
    } catch (AEADBadTagException _) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks " + CIPHER, e);
    }
  }

  private Cipher cipher(int mode, MasterKeyId keyId, byte[] nonce, byte[] additionalData)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, keys.get(keyId), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(additionalData);
    return cipher;
  }

  /**
   * Whose private part it is, in one text; no part of a row that was sealed here contains the
   * separator.
   */
  private static byte[] rowText(SigningKey key, byte[] publicKey, MasterKeyId masterKeyId) {
    return String.join(
            "|",
            key.id(),
            Integer.toString(key.number()),
            key.algorithm().jwsName(),
            masterKeyId.toString(),
            Base64.getEncoder().encodeToString(publicKey))
        .getBytes(UTF_8);
  }
}
