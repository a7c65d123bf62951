package dev.latchkey.adapters.web.connection;

import dev.latchkey.adapters.web.correlation.RequestIds;
import dev.latchkey.adapters.web.request.TrustedProxies;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import jakarta.inject.Singleton;

/**
 * Puts the rules of this package between the decoder of requests and the framework, on every
 * connection.
 */
@Singleton
final class ConnectionCustomizer
    implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

  /** More would let a client keep a connection that is being closed. */
  private static final long MILLISECONDS_TO_SAY_GOODBYE = 500;

  private final ConnectionLimits limits;
  private final StrictTransport strictTransport;
  private final OpenConnections connections;
  private final Drain drain;
  private final RequestIds ids;
  private final BeanProvider<NettyHttpServerConfiguration> configuration;

  ConnectionCustomizer(
      ConnectionLimits limits,
      StrictTransport strictTransport,
      OpenConnections connections,
      Drain drain,
      TrustedProxies proxies,
      BeanProvider<NettyHttpServerConfiguration> configuration) {
    this.limits = limits;
    this.strictTransport = strictTransport;
    this.connections = connections;
    this.drain = drain;
    this.ids = new RequestIds(proxies.hops() > 0);
    this.configuration = configuration;
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event
        .getBean()
        .register(new Server(decoding(), limits, strictTransport, connections, drain, ids));
    return event.getBean();
  }

  /** As the framework makes its own decoder. */
  private HttpDecoderConfig decoding() {
    NettyHttpServerConfiguration settings = configuration.get();
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(settings.getMaxInitialLineLength())
        .setMaxHeaderSize(settings.getMaxHeaderSize())
        .setMaxChunkSize(settings.getMaxChunkSize())
        .setInitialBufferSize(settings.getInitialBufferSize());
  }

  private record Server(
      HttpDecoderConfig decoding,
      ConnectionLimits limits,
      StrictTransport strictTransport,
      OpenConnections connections,
      Drain drain,
      RequestIds ids)
      implements NettyServerCustomizer {

    @Override
    public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
      if (role == ChannelRole.LISTENER) {
        drain.watch(channel);
      }
      return role == ChannelRole.CONNECTION ? new Connection(this, channel) : this;
    }
  }

  private record Connection(Server server, Channel channel) implements NettyServerCustomizer {

    @Override
    public void onStreamPipelineBuilt() {
      String codec = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
      ChannelPipeline pipeline = channel.pipeline();
      pipeline.replace(codec, codec, new UnfoldedServerCodec(server.decoding()));
      pipeline.addAfter(codec, "deadlines", new Deadlines(server.limits(), server.connections()));
      pipeline.addAfter("deadlines", "request-naming", new RequestNaming(server.ids()));
      pipeline.addAfter("request-naming", "request-gate", new RequestGate());
      pipeline.addAfter("request-gate", "last-answer", new LastAnswer(server.drain()));
      pipeline.addAfter("last-answer", "one-at-a-time", new OneAtATime());
      server
          .strictTransport()
          .header()
          .ifPresent(
              value ->
                  pipeline.addAfter(codec, "strict-transport", new StrictTransportHeader(value)));
      SslHandler tls = pipeline.get(SslHandler.class);
      if (tls != null) {
        tls.setCloseNotifyFlushTimeoutMillis(MILLISECONDS_TO_SAY_GOODBYE);
      }
      server.connections().opened(channel);
      server.drain().hasOpened(channel);
    }
  }
}
