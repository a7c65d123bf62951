package dev.latchkey.adapters.web.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Once the service drains, the next answer on a connection says {@code Connection: close} and is
 * its last (RFC 9112 §9.6). A connection without a request has a moment left for one that is on its
 * way: whoever closes it at once may cut that.
 */
final class LastAnswer extends ChannelDuplexHandler {

  /** Longer than a request is on its way, and short for whoever waits for the service to stop. */
  static final Duration MOMENT = Duration.ofSeconds(1);

  private final Drain drain;

  /** Requests that were passed on and whose answer is not complete. */
  private int unanswered;

  /** A message was decoded since the last read ended. */
  private boolean decoded;

  /** The head of the next request has come in part. */
  private boolean headBegun;

  /** The head of the last answer was written; what comes in is not read any more. */
  private boolean closing;

  LastAnswer(Drain drain) {
    this.drain = drain;
  }

  /** An event for the pipeline of a connection. */
  private enum Event {
    DRAIN_HAS_BEGUN
  }

  /** On any thread. */
  static void expectFrom(Channel connection) {
    connection.pipeline().fireUserEventTriggered(Event.DRAIN_HAS_BEGUN);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Event.DRAIN_HAS_BEGUN) {
      closeUnlessRequested(context);
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  private void closeUnlessRequested(ChannelHandlerContext context) {
    var _ =
        context
            .executor()
            .schedule(
                () -> {
                  if (unanswered == 0 && !headBegun) {
                    var _ = context.close();
                  }
                },
                MOMENT.toNanos(),
                TimeUnit.NANOSECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    decoded = true;
    if (closing) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest) {
      unanswered++;
      headBegun = false;
    }
    context.fireChannelRead(message);
  }

  /** A read that ends without a message brought a part of one. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    headBegun |= !decoded && unanswered == 0;
    decoded = false;
    context.fireChannelReadComplete();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (InterimAnswer.is(message)) {
      var _ = context.write(message, promise);
      return;
    }
    if (message instanceof HttpResponse answer && drain.hasBegun() && unanswered == 1) {
      answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      closing = true;
    }
    ChannelPromise written = promise;
    if (message instanceof LastHttpContent) {
      unanswered--;
      if (closing) {
        written = promise.unvoid().addListener(ChannelFutureListener.CLOSE);
      } else if (drain.hasBegun() && unanswered == 0) {
        closeUnlessRequested(context);
      }
    }
    var _ = context.write(message, written);
  }
}
