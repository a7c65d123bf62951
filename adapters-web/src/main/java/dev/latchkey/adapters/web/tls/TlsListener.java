package dev.latchkey.adapters.web.tls;

import dev.latchkey.adapters.web.connection.ConnectionLimits;
import io.micronaut.context.annotation.Primary;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.micronaut.http.server.netty.ssl.ServerSslBuilder;
import io.micronaut.http.ssl.ServerSslConfiguration;
import io.netty.handler.ssl.SslContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Has the port of the service speak TLS. The framework's own ways to configure TLS are not used:
 * they would not check the certificate at start, nor keep the one that works.
 */
@Singleton
@Primary
final class TlsListener implements ServerSslBuilder {

  /** Of a service whose port is not configured, as the framework has it. */
  private static final int DEFAULT_PORT = 8080;

  private final Tls tls;
  private final ServerSslConfiguration configuration = new ServerSslConfiguration();

  TlsListener(Tls tls, ConnectionLimits limits, NettyHttpServerConfiguration server) {
    this.tls = tls;
    configuration.setEnabled(tls.certificate().isPresent());
    setPort(server.getPort().orElse(DEFAULT_PORT));
    configuration.setHandshakeTimeout(limits.head());
  }

  @SuppressWarnings("deprecation") // the other way is to configure every listener by hand
  private void setPort(int port) {
    configuration.setPort(port);
  }

  @Override
  public ServerSslConfiguration getSslConfiguration() {
    return configuration;
  }

  @Override
  public Optional<SslContext> build() {
    return tls.certificate().map(ReplaceableContext::new);
  }
}
