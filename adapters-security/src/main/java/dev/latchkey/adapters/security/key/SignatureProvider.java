package dev.latchkey.adapters.security.key;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.latchkey.domain.key.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who computes signatures: native code where there is any for this machine, and otherwise the JDK,
 * which takes about eight times as long. What the one signs the other verifies.
 */
public final class SignatureProvider {

  /** The JDK alone. */
  public static final SignatureProvider JDK = new SignatureProvider(null);

  /** Found by its name, as there is none to compile with on some platforms. */
  private static final String NATIVE =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  private final @Nullable Provider nativeCode;
  private final Set<SigningAlgorithm> byNativeCode;

  private SignatureProvider(@Nullable Provider nativeCode) {
    this.nativeCode = nativeCode;
    this.byNativeCode =
        Stream.of(SigningAlgorithm.values())
            .filter(algorithm -> nativeCode != null && offers(nativeCode, algorithm))
            .collect(toUnmodifiableSet());
  }

  /** Native code; {@link #JDK} if there is none for this machine, or it does not load. */
  public static SignatureProvider fastest() {
    return Fastest.PROVIDER;
  }

  public boolean isNative() {
    return nativeCode != null;
  }

  /**
   * Native code for a library that verifies by itself; empty if the JDK is to do it.
   *
   * @param scheme of the signature, by its name in the JCA
   * @param kindOfKey likewise
   */
  public Optional<Provider> nativeCodeFor(String scheme, String kindOfKey) {
    return Optional.ofNullable(nativeCode).filter(code -> offers(code, scheme, kindOfKey));
  }

  Signature signature(SigningAlgorithm algorithm) throws GeneralSecurityException {
    String scheme = scheme(algorithm);
    return nativeCode == null || !byNativeCode.contains(algorithm)
        ? Signature.getInstance(scheme)
        : Signature.getInstance(scheme, nativeCode);
  }

  /** Of the same provider: it would have to convert the keys of another each time. */
  KeyFactory keyFactory(SigningAlgorithm algorithm) throws GeneralSecurityException {
    String kind = kindOfKey(algorithm);
    return nativeCode == null || !byNativeCode.contains(algorithm)
        ? KeyFactory.getInstance(kind)
        : KeyFactory.getInstance(kind, nativeCode);
  }

  /** A provider whose library has not been loaded offers nothing. */
  private static boolean offers(Provider provider, SigningAlgorithm algorithm) {
    return offers(provider, scheme(algorithm), kindOfKey(algorithm));
  }

  private static boolean offers(Provider provider, String scheme, String kindOfKey) {
    return provider.getService("Signature", scheme) != null
        && provider.getService("KeyFactory", kindOfKey) != null;
  }

  static String kindOfKey(SigningAlgorithm algorithm) {
    return switch (algorithm) {
      case ES256 -> "EC";
      case RS256 -> "RSA";
      case EDDSA -> "Ed25519";
    };
  }

  private static String scheme(SigningAlgorithm algorithm) {
    return switch (algorithm) {
      case ES256 -> "SHA256withECDSAinP1363Format";
      case RS256 -> "SHA256withRSA";
      case EDDSA -> "Ed25519";
    };
  }

  @Override
  public String toString() {
    return nativeCode == null ? "the JDK" : nativeCode.getName() + " " + nativeCode.getVersionStr();
  }

  /** Looked for once, when it is first asked for. */
  private static final class Fastest {

    static final SignatureProvider PROVIDER =
        ServiceLoader.load(Provider.class).stream()
            .filter(candidate -> candidate.type().getName().equals(NATIVE))
            .map(ServiceLoader.Provider::get)
            .filter(candidate -> offers(candidate, SigningAlgorithm.ES256))
            .findFirst()
            .map(SignatureProvider::new)
            .orElse(JDK);
  }
}
