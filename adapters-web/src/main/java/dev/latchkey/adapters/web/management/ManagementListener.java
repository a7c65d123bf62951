package dev.latchkey.adapters.web.management;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyEmbeddedServerFactory;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration.NettyListenerConfiguration;
import io.micronaut.http.server.netty.ssl.ServerSslBuilder;
import io.micronaut.http.ssl.ServerSslConfiguration;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Opens the port at an address of its own. The framework would open it at the address of the
 * service, which is usually one that everybody reaches. It has to be asked before it makes its
 * server, and when it knows whether that speaks TLS.
 */
@Singleton
@OnlyWithManagementPort
final class ManagementListener implements BeanCreatedEventListener<NettyEmbeddedServerFactory> {

  /** Of a service whose port is not configured, as the framework has it. */
  private static final int DEFAULT_PORT = 8080;

  private final BeanProvider<ManagementPort> management;
  private final BeanProvider<NettyHttpServerConfiguration> configuration;
  private final BeanProvider<ServerSslBuilder> tls;

  ManagementListener(
      BeanProvider<ManagementPort> management,
      BeanProvider<NettyHttpServerConfiguration> configuration,
      BeanProvider<ServerSslBuilder> tls) {
    this.management = management;
    this.configuration = configuration;
    this.tls = tls;
  }

  @Override
  public NettyEmbeddedServerFactory onCreated(BeanCreatedEvent<NettyEmbeddedServerFactory> event) {
    NettyHttpServerConfiguration server = configuration.get();
    server.setListeners(List.of(service(server), management(management.get())));
    return event.getBean();
  }

  /** As the framework makes it. */
  private NettyListenerConfiguration service(NettyHttpServerConfiguration server) {
    String host = server.getHost().orElse(null);
    if (tls.isPresent() && tls.get().getSslConfiguration().isEnabled()) {
      ServerSslConfiguration ssl = tls.get().getSslConfiguration();
      return NettyListenerConfiguration.createTcp(
          host, ssl.getPort(), true, ssl.getKeyName(), ssl.getTrustName());
    }
    return NettyListenerConfiguration.createTcp(
        host, server.getPort().orElse(DEFAULT_PORT), false, null, null);
  }

  /** It serves the calls that are meant for it, none of the service's, for as long as it can. */
  private static NettyListenerConfiguration management(ManagementPort management) {
    var listener =
        NettyListenerConfiguration.createTcp(
            management.host(), management.port().orElseThrow(), false, null, null);
    listener.setExposeDefaultRoutes(false);
    listener.setSupportGracefulShutdown(false);
    return listener;
  }
}
