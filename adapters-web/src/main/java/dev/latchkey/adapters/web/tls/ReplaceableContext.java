package dev.latchkey.adapters.web.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

/** Begins each connection with the certificate that is in use at the moment. */
final class ReplaceableContext extends SslContext {

  private final CertificateInUse certificate;

  ReplaceableContext(CertificateInUse certificate) {
    this.certificate = certificate;
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator allocator) {
    return certificate.context().newEngine(allocator);
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator allocator, String peerHost, int peerPort) {
    return certificate.context().newEngine(allocator, peerHost, peerPort);
  }

  @Override
  public boolean isClient() {
    return false;
  }

  @Override
  public List<String> cipherSuites() {
    return certificate.context().cipherSuites();
  }

  @Override
  @SuppressWarnings("deprecation") // abstract, so there is no other
  public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
    return certificate.context().applicationProtocolNegotiator();
  }

  @Override
  public SSLSessionContext sessionContext() {
    return certificate.context().sessionContext();
  }
}
