package dev.latchkey.adapters.web.connection;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;

/** Puts the rules of this package between the decoder of requests and the framework, on every connection. */
@Singleton
final class ConnectionCustomizer implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

  private final ConnectionLimits limits;

  ConnectionCustomizer(ConnectionLimits limits) {
    this.limits = limits;
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event.getBean().register(new Server(limits, new OpenConnections(limits.connections())));
    return event.getBean();
  }

  private record Server(ConnectionLimits limits, OpenConnections connections) implements NettyServerCustomizer {

    @Override
    public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
      return role == ChannelRole.CONNECTION ? new Connection(this, channel) : this;
    }
  }

  private record Connection(Server server, Channel channel) implements NettyServerCustomizer {

    @Override
    public void onStreamPipelineBuilt() {
      channel
          .pipeline()
          .addAfter(ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC, "request-gate", new RequestGate())
          .addBefore("request-gate", "deadlines", new Deadlines(server.limits(), server.connections()));
      server.connections().opened(channel);
    }
  }
}
