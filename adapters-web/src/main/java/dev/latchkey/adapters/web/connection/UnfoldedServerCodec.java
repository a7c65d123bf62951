package dev.latchkey.adapters.web.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Netty's codec of a server, except that a line of a head that begins with white space makes a
 * request malformed. Netty joins it to the line before; RFC 9112 §5.2 leaves the choice, and who
 * reads it as a field of its own reads another request. White space before a head, which Netty
 * skips, does the same.
 */
final class UnfoldedServerCodec
    extends CombinedChannelDuplexHandler<HttpRequestDecoder, HttpResponseEncoder> {

  /** Of the requests that were decoded and not answered: the answer to HEAD has no body. */
  private final Queue<HttpMethod> methods = new ArrayDeque<>();

  UnfoldedServerCodec(HttpDecoderConfig config) {
    init(new Decoder(config), new Encoder());
  }

  private final class Decoder extends HttpRequestDecoder {

    /** What comes next belongs to a head, as far as is known. */
    private boolean inHead = true;

    /** A line of that head was read. */
    private boolean begun;

    /** Nothing more is read. */
    private boolean malformed;

    Decoder(HttpDecoderConfig config) {
      super(config);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> messages)
        throws Exception {
      int before = messages.size();
      if (!malformed && inHead && isFolded(bytes)) {
        malformed = true;
        messages.add(malformedRequest());
      }
      if (malformed) {
        bytes.skipBytes(bytes.readableBytes());
      } else {
        super.decode(context, bytes, messages);
      }
      messages.subList(before, messages.size()).forEach(this::decoded);
    }

    private void decoded(Object message) {
      if (message instanceof HttpRequest request) {
        methods.add(request.method());
        malformed |= request.decoderResult().isFailure();
        inHead = false;
        begun = false;
      }
      if (message instanceof LastHttpContent) {
        inHead = true;
      }
    }

    /**
     * Netty takes whole lines, so that the bytes begin with a line; the head ends with an empty
     * one. Before a head Netty skips control characters one by one, as they come.
     */
    private boolean isFolded(ByteBuf bytes) {
      int line = bytes.readerIndex();
      while (line < bytes.writerIndex()) {
        byte first = bytes.getByte(line);
        if (first == HttpConstants.SP || first == HttpConstants.HT) {
          return true;
        }
        if (!begun && Character.isISOControl(first)) {
          line++;
          continue;
        }
        int end = bytes.indexOf(line, bytes.writerIndex(), HttpConstants.LF);
        boolean empty = first == HttpConstants.LF || (first == HttpConstants.CR && end == line + 1);
        if (end < 0 || empty) {
          return false;
        }
        begun = true;
        line = end + 1;
      }
      return false;
    }

    private HttpMessage malformedRequest() {
      HttpMessage message = createInvalidMessage();
      message.setDecoderResult(
          DecoderResult.failure(new IllegalArgumentException("a folded line")));
      return message;
    }
  }

  private final class Encoder extends HttpResponseEncoder {

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
      boolean head = HttpMethod.HEAD.equals(methods.peek());
      if (response.status().code() >= 200) {
        var _ = methods.poll();
      }
      return head || super.isContentAlwaysEmpty(response);
    }
  }
}
