package dev.latchkey.adapters.web.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Passes a request on when the answer to the one before has left. A client may send requests in
 * advance (RFC 9112 §9.3.2) and read no answer: the framework would make all the answers, and keep
 * them. Here there is one for each connection at most, and nothing is read meanwhile.
 */
final class OneAtATime extends ChannelDuplexHandler {

  /**
   * What was sent in advance: of the last read alone, and the decoder refuses more than 128
   * requests.
   */
  private final Queue<Object> kept = new ArrayDeque<>();

  /** A request was passed on, and its answer has not left. */
  private boolean busy;

  /** The framework wants to read, and is not to yet. */
  private boolean readWanted;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (kept.isEmpty() && !(busy && message instanceof HttpRequest)) {
      pass(context, message);
    } else {
      kept.add(message);
    }
  }

  private void pass(ChannelHandlerContext context, Object message) {
    busy |= message instanceof HttpRequest;
    context.fireChannelRead(message);
  }

  @Override
  public void read(ChannelHandlerContext context) {
    if (kept.isEmpty()) {
      var _ = context.read();
    } else {
      readWanted = true;
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    ChannelPromise written = promise;
    if (message instanceof LastHttpContent && !InterimAnswer.is(message)) {
      written = promise.unvoid().addListener(_ -> left(context));
    }
    var _ = context.write(message, written);
  }

  private void left(ChannelHandlerContext context) {
    busy = false;
    if (!kept.isEmpty() && context.channel().isActive()) {
      // Not from within the framework's own writing.
      context.executor().execute(() -> next(context));
    }
  }

  private void next(ChannelHandlerContext context) {
    boolean passed = false;
    while (!kept.isEmpty() && !(busy && kept.peek() instanceof HttpRequest)) {
      pass(context, kept.remove());
      passed = true;
    }
    if (passed) {
      context.fireChannelReadComplete();
    }
    if (kept.isEmpty() && readWanted) {
      readWanted = false;
      var _ = context.read();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    kept.forEach(ReferenceCountUtil::release);
    kept.clear();
  }
}
