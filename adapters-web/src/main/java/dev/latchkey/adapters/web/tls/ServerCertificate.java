package dev.latchkey.adapters.web.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import javax.net.ssl.SSLException;

/** A certificate with its chain and its private key, and TLS with them. */
public final class ServerCertificate {

  /** RFC 9325 §3.1.1. */
  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  /**
   * Those of TLS 1.3 (RFC 8446 §9.1), and of TLS 1.2 those that RFC 9325 §4.2 recommends, and the
   * same with ChaCha20 (RFC 7905): forward secrecy and authenticated encryption.
   */
  private static final List<String> CIPHER_SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /**
   * The connections are written for this one. A client that wants others alone gets an alert (RFC
   * 7301 §3.2), instead of a guess.
   */
  private static final ApplicationProtocolConfig HTTP_1_1 =
      new ApplicationProtocolConfig(
          ApplicationProtocolConfig.Protocol.ALPN,
          ApplicationProtocolConfig.SelectorFailureBehavior.FATAL_ALERT,
          ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_1_1);

  /** RFC 9325 §4.5. */
  private static final int LEAST_RSA_BITS = 2048;

  private final List<X509Certificate> chain;
  private final SslContext context;

  private ServerCertificate(List<X509Certificate> chain, SslContext context) {
    this.chain = chain;
    this.context = context;
  }

  /**
   * @throws UnusableCertificateException if there is no certificate, or no key, or they do not
   *     belong together, or nobody should use them
   */
  static ServerCertificate of(PemFile certificates, PemFile key) {
    List<X509Certificate> chain = chainIn(certificates);
    PrivateKey privateKey = PemPrivateKey.in(key);
    X509Certificate own = chain.getFirst();
    if (!isKeyOf(own.getPublicKey(), privateKey)) {
      throw new UnusableCertificateException(
          "the private key in "
              + key
              + " is not that of the first certificate in "
              + certificates
              + ", which must be that of the service, followed by those of its authorities");
    }
    if (own.getPublicKey() instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
      throw new UnusableCertificateException(
          "the RSA key in " + key + " has less than " + LEAST_RSA_BITS + " bits");
    }
    return new ServerCertificate(chain, contextWith(chain, privateKey));
  }

  private static List<X509Certificate> chainIn(PemFile file) {
    List<PemFile.Block> blocks = file.blocks();
    if (blocks.isEmpty()) {
      throw new UnusableCertificateException(file + " is not in the form of PEM");
    }
    List<X509Certificate> chain =
        blocks.stream()
            .filter(block -> block.label().equals("CERTIFICATE"))
            .map(block -> certificate(block, file))
            .toList();
    if (chain.isEmpty()) {
      throw new UnusableCertificateException("there is no certificate in " + file);
    }
    return chain;
  }

  private static X509Certificate certificate(PemFile.Block block, PemFile file) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.revealBytes()));
    } catch (CertificateException | IllegalArgumentException e) {
      throw new UnusableCertificateException("a certificate in " + file + " is malformed", e);
    }
  }

  /** Whether what the one signs the other verifies. */
  private static boolean isKeyOf(PublicKey publicKey, PrivateKey privateKey) {
    String algorithm =
        switch (privateKey.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    byte[] text = "of one pair".getBytes(UTF_8);
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(privateKey);
      signing.update(text);
      byte[] signature = signing.sign();
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(publicKey);
      verifying.update(text);
      return verifying.verify(signature);
    } catch (GeneralSecurityException _) {
      // Of another algorithm, or another curve.
      return false;
    }
  }

  private static SslContext contextWith(List<X509Certificate> chain, PrivateKey key) {
    try {
      return SslContextBuilder.forServer(key, chain)
          .sslProvider(SslProvider.JDK)
          .protocols(PROTOCOLS)
          .ciphers(CIPHER_SUITES, SupportedCipherSuiteFilter.INSTANCE)
          .applicationProtocolConfig(HTTP_1_1)
          .build();
    } catch (SSLException e) {
      throw new UnusableCertificateException("this JVM cannot speak TLS with the certificate", e);
    }
  }

  /** Which files these are, without their content. */
  static byte[] digest(PemFile certificates, PemFile key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      certificates.updateDigest(digest);
      key.updateDigest(digest);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  SslContext context() {
    return context;
  }

  /** From when on clients accept it, and all of its chain. */
  public Instant notBefore() {
    return chain.stream()
        .map(certificate -> certificate.getNotBefore().toInstant())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Until when clients accept it, and all of its chain. */
  public Instant notAfter() {
    return chain.stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Its subject and its validity. */
  @Override
  public String toString() {
    return "%s, valid from %s to %s"
        .formatted(chain.getFirst().getSubjectX500Principal().getName(), notBefore(), notAfter());
  }
}
