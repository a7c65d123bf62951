package dev.latchkey.adapters.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.application.port.out.SealedSigningKey;
import dev.latchkey.domain.session.MasterKeyId;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts the private part of signing keys with AES-256-GCM, and ties everything else that the row says to it: a row
 * that somebody wrote, changed or put together from others does not open.
 *
 * <pre>
 * sealed = nonce:12 | ciphertext | tag:16
 * K      = HKDF-SHA256( master key, "latchkey signing key v1" )
 * </pre>
 */
final class SigningKeySeal {

  private static final String PURPOSE = "latchkey signing key v1";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;

  private final MasterKeyId currentKeyId;
  private final Map<MasterKeyId, SecretKey> keys;
  private final SecureRandom random;

  SigningKeySeal(MasterKeys masterKeys, SecureRandom random) {
    this.currentKeyId = masterKeys.currentId();
    this.keys = masterKeys.derive(PURPOSE, "AES");
    this.random = random;
  }

  SealedSigningKey seal(SigningKey key, Instant createdAt) {
    byte[] publicKey = key.encodedPublicKey();
    byte[] nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    byte[] row = rowText(key.number(), key.id(), key.algorithm(), publicKey, currentKeyId);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, currentKeyId, nonce, row);
      byte[] encrypted = cipher.doFinal(key.encodedPrivateKey());
      byte[] sealed = ByteBuffer.allocate(NONCE_LENGTH + encrypted.length).put(nonce).put(encrypted).array();
      return new SealedSigningKey(
          key.number(), key.id(), key.algorithm(), publicKey, sealed, currentKeyId, createdAt);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks " + CIPHER, e);
    }
  }

  /** Nothing if the row was not sealed, as it stands, under a master key that is known. */
  Optional<SigningKey> open(SealedSigningKey row) {
    byte[] sealed = row.sealedPrivateKey();
    if (!keys.containsKey(row.masterKeyId()) || sealed.length < NONCE_LENGTH) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(sealed);
    byte[] nonce = new byte[NONCE_LENGTH];
    bytes.get(nonce);
    byte[] encrypted = new byte[bytes.remaining()];
    bytes.get(encrypted);
    byte[] text = rowText(row.number(), row.id(), row.algorithm(), row.publicKey(), row.masterKeyId());
    try {
      byte[] privateKey = cipher(Cipher.DECRYPT_MODE, row.masterKeyId(), nonce, text).doFinal(encrypted);
      return Optional.of(SigningKey.decode(row.number(), row.publicKey(), privateKey));
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

  /** The rest of the row in one text; no part of a row that was sealed here contains the separator. */
  private static byte[] rowText(
      int number, String id, String algorithm, byte[] publicKey, MasterKeyId masterKeyId) {
    return String.join(
            "|",
            id,
            Integer.toString(number),
            algorithm,
            masterKeyId.toString(),
            Base64.getEncoder().encodeToString(publicKey))
        .getBytes(UTF_8);
  }
}
