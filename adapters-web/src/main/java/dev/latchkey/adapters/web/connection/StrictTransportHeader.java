package dev.latchkey.adapters.web.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;

/**
 * Puts {@code Strict-Transport-Security} into every answer, the refusal of what is no request
 * included. Behind a proxy that speaks TLS for the service it travels on; browsers ignore it
 * without TLS (RFC 6797 §8.1).
 */
final class StrictTransportHeader extends ChannelOutboundHandlerAdapter {

  private final String value;

  StrictTransportHeader(String value) {
    this.value = value;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse head
        && head.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
      head.headers().set("Strict-Transport-Security", value);
    }
    var _ = context.write(message, promise);
  }
}
