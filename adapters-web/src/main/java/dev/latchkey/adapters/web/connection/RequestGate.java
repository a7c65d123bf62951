package dev.latchkey.adapters.web.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request that two servers could read differently with 400 and closes its connection;
 * whatever came behind it is never served. The framework would pass over what the decoder finds
 * wrong in a body, and serve what it understood.
 */
final class RequestGate extends ChannelDuplexHandler {

  /** Requests that were passed on and whose answer is not complete. */
  private int unanswered;

  /** The head of the answer to the oldest of them was written. */
  private boolean answering;

  /** Nothing that comes in is read any more. */
  private boolean shut;

  /** The body of the last request that was passed on is malformed. */
  private boolean bodyRefused;

  /** The last answer of this connection was written here. */
  private boolean closing;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (shut) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof HttpRequest request) {
      unanswered++;
      if (isRefused(request)) {
        shut = true;
        leaveNothingToMisread(request);
      }
      context.fireChannelRead(message);
    } else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
      ReferenceCountUtil.release(message);
      shut = true;
      bodyRefused = true;
      refuseBody(context);
    } else {
      context.fireChannelRead(message);
    }
  }

  /**
   * A request that the decoder failed on is answered by the framework: in its turn, and the
   * connection is closed.
   */
  private static boolean isRefused(HttpRequest request) {
    if (request.decoderResult().isSuccess() && !RequestShape.isUnambiguous(request)) {
      request.setDecoderResult(
          DecoderResult.failure(new IllegalArgumentException("ambiguous request")));
    }
    return request.decoderResult().isFailure();
  }

  /**
   * With a target that is no address the framework would keep the connection, and with another
   * version name it.
   */
  private static void leaveNothingToMisread(HttpRequest request) {
    request.setUri("/").setProtocolVersion(HttpVersion.HTTP_1_1);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (closing) {
      ReferenceCountUtil.release(message);
      promise.tryFailure(new ClosedChannelException());
      return;
    }
    boolean interim = InterimAnswer.is(message);
    if (message instanceof HttpResponse && !interim) {
      answering = true;
    }
    boolean complete = message instanceof LastHttpContent && !interim;
    var _ = context.write(message, promise);
    if (complete) {
      unanswered--;
      answering = false;
      if (bodyRefused) {
        refuseBody(context);
      }
    }
  }

  /**
   * Refuses in its turn: earlier requests are answered first. An answer that was begun cannot be
   * withdrawn.
   */
  private void refuseBody(ChannelHandlerContext context) {
    if (unanswered == 0) {
      closing = true;
      closeAfter(context, null);
    } else if (unanswered == 1 && !answering) {
      closing = true;
      closeAfter(context, badRequest());
    }
  }

  private static void closeAfter(ChannelHandlerContext context, @Nullable HttpResponse answer) {
    context
        .writeAndFlush(answer == null ? Unpooled.EMPTY_BUFFER : answer)
        .addListener(ChannelFutureListener.CLOSE);
  }

  private static HttpResponse badRequest() {
    var answer =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST, Unpooled.EMPTY_BUFFER);
    answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
    answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return answer;
  }
}
