package dev.latchkey.adapters.web.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

  private static final ConnectionLimits LIMITS =
      new ConnectionLimits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(50),
          Duration.ofSeconds(60),
          10);

  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String HEAD = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n";

  private final OpenConnections connections = new OpenConnections(1);
  private final Network network = new Network();
  private EmbeddedChannel connection;

  @BeforeEach
  void open() {
    connection = new EmbeddedChannel();
    connection.freezeTime();
    var deadlines = new Deadlines(LIMITS, connections);
    connection.pipeline().addLast(network, new HttpServerCodec(), deadlines);
    connections.opened(connection);
  }

  @Test
  void aConnectionThatSendsNothingIsClosed() {
    closesAfter(10);
  }

  @Test
  void oneHeaderLineAtATimeDoesNotKeepAConnection() {
    receive("GET / HTTP/1.1\r\n");
    for (int second = 0; second < 9; second++) {
      pass(1);
      receive("X-" + second + ": a\r\n");
    }

    closesAfter(1);
  }

  @Test
  void oneByteOfABodyAtATimeDoesNotKeepAConnection() {
    receive(HEAD);
    for (int second = 0; second < 29; second++) {
      pass(1);
      receive("a");
    }

    closesAfter(1);
  }

  @Test
  void oneChunkAtATimeDoesNotKeepAConnection() {
    receive("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int second = 0; second < 29; second++) {
      pass(1);
      receive("1\r\na\r\n");
    }

    closesAfter(1);
  }

  @Test
  void theServiceMayTakeItsTime() {
    receive(REQUEST);

    pass(10_000);

    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void aConnectionThatIsKeptIsClosedWithoutAnotherRequest() {
    receive(REQUEST);
    pass(5);
    answer();

    closesAfter(60);
  }

  @Test
  void eachRequestBeginsTheWaitAnew() {
    for (int request = 0; request < 10; request++) {
      receive(REQUEST);
      answer();
      pass(59);
    }

    closesAfter(1);
  }

  @Test
  void theHeadOfALaterRequestHasNoMoreTimeThanThatOfTheFirst() {
    receive(REQUEST);
    answer();
    pass(40);
    receive("GET / HT");
    pass(5);
    receive("TP/1.1\r\n");

    closesAfter(5);
  }

  @Test
  void theBodyOfALaterRequestHasNoMoreTimeThanThatOfTheFirst() {
    receive(REQUEST);
    answer();
    pass(40);
    receive(HEAD);

    closesAfter(30);
  }

  @Test
  void aBodyIsAwaitedAlsoAfterTheAnswer() {
    receive(HEAD);
    answer();

    closesAfter(30);
  }

  @Test
  void anAnswerThatIsNotReadDoesNotKeepAConnection() {
    network.isStuck = true;
    receive(REQUEST);
    answer();

    closesAfter(50);
  }

  @Test
  void requestsInAdvanceDoNotKeepAConnectionThatReadsNoAnswer() {
    network.isStuck = true;
    receive(REQUEST + REQUEST);
    answer();
    pass(49);
    answer();

    closesAfter(1);
  }

  @Test
  void anAnswerThatIsReadLateCountsAsRead() {
    network.isStuck = true;
    receive(REQUEST);
    answer();
    pass(49);
    network.release();

    closesAfter(60);
  }

  @Test
  void whoAsksForMuchAndReadsNothingGivesWayToOthers() {
    receive(REQUEST);
    setWritable(false);
    receive(REQUEST);

    connections.opened(new EmbeddedChannel());

    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void whoReadsAgainIsServedAgain() {
    receive(REQUEST);
    setWritable(false);
    setWritable(true);

    connections.opened(new EmbeddedChannel());

    assertThat(connection.isOpen()).isTrue();
  }

  /** As it is while more waits to be sent than fits. */
  private void setWritable(boolean writable) {
    connection.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
    connection.runPendingTasks();
  }

  @Test
  void anInterimAnswerIsNone() {
    receive("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n");
    write(HttpResponseStatus.CONTINUE);

    closesAfter(30);
  }

  private void receive(String bytes) {
    connection.writeInbound(Unpooled.copiedBuffer(bytes, US_ASCII));
  }

  private void answer() {
    write(HttpResponseStatus.NO_CONTENT);
  }

  private void write(HttpResponseStatus status) {
    var _ = connection.writeOneOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
    connection.flushOutbound();
  }

  private void pass(int seconds) {
    passMillis(seconds * 1000L);
  }

  private void passMillis(long millis) {
    connection.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    connection.runScheduledPendingTasks();
  }

  private void closesAfter(int seconds) {
    passMillis(seconds * 1000L - 1);
    assertThat(connection.isOpen()).as("open just before").isTrue();
    passMillis(1);
    assertThat(connection.isOpen()).as("open").isFalse();
  }

  /** Lets no byte pass while it is stuck. */
  private static final class Network extends ChannelOutboundHandlerAdapter {

    boolean isStuck;
    private final List<ChannelPromise> held = new ArrayList<>();

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
        throws Exception {
      if (isStuck) {
        held.add(promise);
      } else {
        super.write(context, message, promise);
      }
    }

    void release() {
      held.forEach(ChannelPromise::setSuccess);
    }
  }
}
