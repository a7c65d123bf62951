package dev.latchkey.adapters.web.connection;

import dev.latchkey.adapters.web.correlation.RequestId;
import dev.latchkey.adapters.web.correlation.RequestIds;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Puts its id on every request, in the place of whatever the caller called it, and on the answer to
 * it. This close to the connection there is no answer that lacks it, even if the request cannot be
 * read. Answers leave in the order in which requests came (RFC 9112 §9.3.2).
 */
final class RequestNaming extends ChannelDuplexHandler {

  private final RequestIds ids;

  /** Of the requests that came in and are not answered. */
  private final Queue<String> unanswered = new ArrayDeque<>();

  RequestNaming(RequestIds ids) {
    this.ids = ids;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      String id = ids.idOf(request.headers().getAll(RequestId.HEADER));
      request.headers().set(RequestId.HEADER, id);
      unanswered.add(id);
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response
        && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
      String id = unanswered.poll();
      if (id != null) {
        response.headers().set(RequestId.HEADER, id);
      }
    }
    var _ = context.write(message, promise);
  }
}
