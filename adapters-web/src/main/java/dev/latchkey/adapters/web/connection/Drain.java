package dev.latchkey.adapters.web.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.nio.AbstractNioChannel;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Lets the connections of a service that stops come to an end without cutting a request: no new one
 * is accepted, and each that is open is closed after its next answer, which says so ({@link
 * LastAnswer}).
 */
@Singleton
public final class Drain {

  private final OpenConnections connections;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> atBegin = new CopyOnWriteArrayList<>();
  private volatile boolean begun;

  Drain(OpenConnections connections) {
    this.connections = connections;
  }

  /** Returns when no connection is accepted any more. */
  public void begin() {
    begun = true;
    for (Listener listener : listeners) {
      listener.close();
    }
    connections.all().forEach(LastAnswer::expectFrom);
    atBegin.forEach(Runnable::run);
  }

  /** For what keeps requests waiting: it is to answer them when the drain begins. */
  public void whenBegun(Runnable action) {
    atBegin.add(action);
  }

  /**
   * Returns how many connections are left: 0 as soon as all have ended, more than that if they have
   * not in time.
   *
   * @throws InterruptedException if this thread is interrupted meanwhile
   */
  public int await(Duration atMost) throws InterruptedException {
    return connections.awaitNone(atMost);
  }

  boolean hasBegun() {
    return begun;
  }

  /** Of the service, before it accepts the first connection. */
  void watch(Channel channel) {
    var listener = new Listener(channel, connections);
    channel.pipeline().addFirst("accepted", listener);
    listeners.add(listener);
  }

  /** A connection that may have come when the others had heard of the end. */
  void hasOpened(Channel connection) {
    if (begun) {
      LastAnswer.expectFrom(connection);
    }
  }

  /** A connection is one of ours from here on, though it is not ready for requests yet. */
  private static final class Listener extends ChannelInboundHandlerAdapter {

    private final Channel channel;
    private final OpenConnections connections;
    private long accepted;

    Listener(Channel channel, OpenConnections connections) {
      this.channel = channel;
      this.connections = connections;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof Channel connection) {
        accepted++;
        connections.accepted(connection);
      }
      context.fireChannelRead(message);
    }

    void close() {
      channel.eventLoop().submit(this::acceptThoseWhoWait).awaitUninterruptibly();
      channel.close().awaitUninterruptibly();
    }

    /**
     * The system has answered them already, so that they may have sent a request; whoever closes
     * the listener resets them.
     */
    private void acceptThoseWhoWait() {
      if (channel.unsafe() instanceof AbstractNioChannel.NioUnsafe socket) {
        long before;
        do {
          before = accepted;
          socket.read();
        } while (accepted > before);
        channel.unsafe().close(channel.newPromise());
      }
    }
  }
}
