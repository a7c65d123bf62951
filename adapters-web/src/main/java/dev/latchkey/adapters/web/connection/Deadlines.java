package dev.latchkey.adapters.web.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes the connection of a client that keeps the service waiting: with the head or the body of a
 * request, with reading an answer, or with the next request. It stands behind the decoder. One
 * timer serves all limits, and a request that comes in time does not touch it.
 */
final class Deadlines extends ChannelDuplexHandler {

  private static final long NEVER = Long.MAX_VALUE;

  /** What is read from the client next. */
  private enum Awaited {
    HEAD,
    BODY,
    NEXT_REQUEST,
    /** The service is to answer. */
    NOTHING
  }

  private final ConnectionLimits limits;
  private final OpenConnections connections;

  private Awaited awaited = Awaited.HEAD;

  /** Nanoseconds by the ticker of the event loop. */
  private long readDeadline = NEVER;

  private long writeDeadline = NEVER;
  private long timerDeadline = NEVER;
  private @Nullable Future<?> timer;

  /** A message was decoded since the last read ended. */
  private boolean decoded;

  private boolean bodyIncomplete;

  /** Requests whose answer was not written. */
  private int unanswered;

  /** Answers that were begun and did not leave. */
  private int leaving;

  Deadlines(ConnectionLimits limits, OpenConnections connections) {
    this.limits = limits;
    this.connections = connections;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    await(context, Awaited.HEAD);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (timer != null) {
      var _ = timer.cancel(false);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    decoded = true;
    if (message instanceof HttpRequest) {
      bodyIncomplete = true;
      unanswered++;
    }
    if (message instanceof LastHttpContent) {
      bodyIncomplete = false;
      serve(context);
    }
    context.fireChannelRead(message);
  }

  /** A client that does not read its answers is waited for as well, however many it asks for. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    serve(context);
    context.fireChannelWritabilityChanged();
  }

  private void serve(ChannelHandlerContext context) {
    if (!context.channel().isWritable()) {
      connections.waits(context.channel());
    } else if (unanswered > 0 && !bodyIncomplete) {
      connections.serves(context.channel());
    }
  }

  /** A read that ends without a message brought a part of one. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (bodyIncomplete) {
      await(context, Awaited.BODY);
    } else if (unanswered > 0) {
      await(context, Awaited.NOTHING);
    } else {
      await(context, decoded ? Awaited.NEXT_REQUEST : Awaited.HEAD);
    }
    decoded = false;
    context.fireChannelReadComplete();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    ChannelPromise written = promise;
    if (!InterimAnswer.is(message)) {
      if (message instanceof HttpResponse) {
        begin(context);
      }
      if (message instanceof LastHttpContent) {
        written = promise.unvoid();
        var _ = written.addListener(_ -> left(context));
        answered(context);
      }
    }
    var _ = context.write(message, written);
  }

  private void begin(ChannelHandlerContext context) {
    if (leaving++ == 0) {
      writeDeadline = now(context) + limits.answer().toNanos();
      arm(context);
    }
  }

  private void answered(ChannelHandlerContext context) {
    if (--unanswered == 0) {
      connections.waits(context.channel());
      if (!bodyIncomplete) {
        await(context, Awaited.NEXT_REQUEST);
      }
    }
  }

  private void left(ChannelHandlerContext context) {
    if (--leaving == 0) {
      writeDeadline = NEVER;
      if (awaited == Awaited.NEXT_REQUEST) {
        readDeadline = now(context) + limits.idle().toNanos();
      }
    }
  }

  /** A wait that goes on keeps its deadline. */
  private void await(ChannelHandlerContext context, Awaited next) {
    if (next != awaited || readDeadline == NEVER) {
      awaited = next;
      readDeadline =
          switch (next) {
            case HEAD -> now(context) + limits.head().toNanos();
            case BODY -> now(context) + limits.body().toNanos();
            case NEXT_REQUEST -> now(context) + limits.idle().toNanos();
            case NOTHING -> NEVER;
          };
      arm(context);
    }
  }

  /** A timer that is set for an earlier time finds the later deadline when it runs. */
  private void arm(ChannelHandlerContext context) {
    long deadline = Math.min(readDeadline, writeDeadline);
    if (deadline < timerDeadline) {
      if (timer != null) {
        var _ = timer.cancel(false);
      }
      timerDeadline = deadline;
      timer =
          context
              .executor()
              .schedule(() -> check(context), deadline - now(context), TimeUnit.NANOSECONDS);
    }
  }

  private void check(ChannelHandlerContext context) {
    timer = null;
    timerDeadline = NEVER;
    if (now(context) >= Math.min(readDeadline, writeDeadline)) {
      connections.countTimeOut();
      var _ = context.close();
    } else {
      arm(context);
    }
  }

  private static long now(ChannelHandlerContext context) {
    return context.executor().ticker().nanoTime();
  }
}
