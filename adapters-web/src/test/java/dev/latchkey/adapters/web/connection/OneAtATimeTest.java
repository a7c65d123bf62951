package dev.latchkey.adapters.web.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OneAtATimeTest {

  private final List<String> served = new ArrayList<>();
  private final Network network = new Network();
  private EmbeddedChannel connection;

  @BeforeEach
  void open() {
    connection = new EmbeddedChannel();
    connection.config().setAutoRead(false);
    connection.pipeline().addLast(network, new HttpServerCodec(), new OneAtATime(), new Service());
  }

  @Test
  void aRequestIsServedWhenTheAnswerToTheOneBeforeHasLeft() {
    receive(get("/1") + get("/2") + get("/3"));
    answer();
    answer();

    assertThat(served).containsExactly("/1");

    theClientReads();

    assertThat(served).containsExactly("/1", "/2");

    answer();
    theClientReads();

    assertThat(served).containsExactly("/1", "/2", "/3");
  }

  @Test
  void aClientThatWaitsForEachAnswerIsServedAtOnce() {
    for (String path : List.of("/1", "/2", "/3")) {
      receive(get(path));

      assertThat(served).last().isEqualTo(path);

      answer();
      theClientReads();
    }
    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void nothingIsReadWhileARequestWaitsForItsTurn() {
    receive(get("/1") + get("/2"));
    connection.read();

    assertThat(network.reads).isZero();

    answer();
    theClientReads();

    assertThat(network.reads).isEqualTo(1);
  }

  @Test
  void aBodyIsServedWithItsRequest() {
    receive("POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\na");
    connection.read();
    receive("b" + get("/2"));

    assertThat(network.reads).isEqualTo(1);
    assertThat(served).containsExactly("/1");

    answer();
    theClientReads();

    assertThat(served).containsExactly("/1", "/2");
  }

  @Test
  void nothingIsServedOnceTheClientHasGone() {
    receive(get("/1") + get("/2"));
    answer();
    var _ = connection.close();
    theClientReads();

    assertThat(served).containsExactly("/1");
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  private void receive(String bytes) {
    var _ = connection.writeInbound(Unpooled.copiedBuffer(bytes, US_ASCII));
  }

  /** Only what was served and not answered. */
  private void answer() {
    if (network.answered < served.size()) {
      network.answered++;
      var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT);
      var _ = connection.pipeline().lastContext().writeAndFlush(answer);
    }
  }

  private void theClientReads() {
    network.leaving.forEach(ChannelPromise::setSuccess);
    network.leaving.clear();
    connection.runPendingTasks();
  }

  /** Keeps what is written until the client reads. */
  private static final class Network extends ChannelOutboundHandlerAdapter {

    private final Queue<ChannelPromise> leaving = new ArrayDeque<>();
    private int reads;
    private int answered;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      ReferenceCountUtil.release(message);
      leaving.add(promise);
    }

    @Override
    public void read(ChannelHandlerContext context) {
      reads++;
    }
  }

  private final class Service extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest request) {
        served.add(request.uri());
      }
      ReferenceCountUtil.release(message);
    }
  }
}
