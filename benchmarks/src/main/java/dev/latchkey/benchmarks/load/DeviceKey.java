package dev.latchkey.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import dev.latchkey.adapters.security.key.SignatureProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The key of a device, which signs its proofs (DPoP, RFC 9449) by ES256. Native code signs where
 * there is any, and as little as possible is done for each: the load takes the processor from what
 * is measured. Not for several threads at a time.
 */
public final class DeviceKey {

  private static final String CURVE = "EC";
  private static final String SCHEME = "SHA256withECDSAinP1363Format";

  /** The head of every proof, encoded, with its dot. */
  private final String head;

  private final Signature signature;

  public DeviceKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(CURVE);
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      String jwk =
          new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic()).build().toJSONString();
      this.head =
          encode(
                  ("{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":" + jwk + "}")
                      .getBytes(ISO_8859_1))
              + ".";
      this.signature = signatureBy(pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has this curve", e);
    }
  }

  private static Signature signatureBy(PrivateKey key) throws GeneralSecurityException {
    Optional<Provider> nativeCode = SignatureProvider.fastest().nativeCodeFor(SCHEME, CURVE);
    Signature signature =
        nativeCode.isPresent()
            ? Signature.getInstance(SCHEME, nativeCode.get())
            : Signature.getInstance(SCHEME);
    signature.initSign(
        nativeCode.isPresent()
            ? (PrivateKey) KeyFactory.getInstance(CURVE, nativeCode.get()).translateKey(key)
            : key);
    return signature;
  }

  /**
   * A new proof for one request.
   *
   * @param address with the issuer of the service, without a query
   * @param nonce from the answer before; empty if there is none
   */
  public String proof(String method, String address, String nonce) {
    String claims =
        "{\"jti\":\""
            + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), Character.MAX_RADIX)
            + "\",\"htm\":\""
            + method
            + "\",\"htu\":\""
            + address
            + "\",\"iat\":"
            + System.currentTimeMillis() / 1000
            + (nonce.isEmpty() ? "" : ",\"nonce\":\"" + nonce + "\"")
            + "}";
    String content = head + encode(claims.getBytes(ISO_8859_1));
    try {
      signature.update(content.getBytes(ISO_8859_1));
      return content + "." + encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that cannot sign", e);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
