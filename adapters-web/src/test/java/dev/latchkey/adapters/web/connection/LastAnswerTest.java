package dev.latchkey.adapters.web.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LastAnswerTest {

  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String CLOSE = "connection: close";

  private final OpenConnections connections = new OpenConnections(10);
  private final Drain drain = new Drain(connections);
  private EmbeddedChannel connection;

  @BeforeEach
  void open() {
    connection = new EmbeddedChannel();
    connection.freezeTime();
    connection.pipeline().addLast(new HttpServerCodec(), new LastAnswer(drain));
    connections.opened(connection);
    drain.hasOpened(connection);
  }

  @Test
  void answersAreNotTheLastWhileTheServiceDoesNotStop() {
    receive(REQUEST);

    assertThat(answer()).doesNotContain(CLOSE);
    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void aRequestInProgressIsAnsweredAndThenTheConnectionIsClosed() {
    receive(REQUEST);
    begin();
    pass(60_000);

    assertThat(connection.isOpen()).isTrue();
    assertThat(answer()).startsWith("HTTP/1.1 204").contains(CLOSE);
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void aRequestThatWasOnItsWayIsAnswered() {
    begin();
    pass(999);
    receive(REQUEST);
    pass(60_000);

    assertThat(answer()).startsWith("HTTP/1.1 204").contains(CLOSE);
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void aRequestOfWhichAPartHasComeIsAnswered() {
    receive(REQUEST.substring(0, 10));
    begin();
    pass(60_000);
    receive(REQUEST.substring(10));

    assertThat(answer()).startsWith("HTTP/1.1 204").contains(CLOSE);
  }

  @Test
  void aConnectionWithoutARequestIsClosedAfterAMoment() {
    receive(REQUEST);
    var _ = answer();
    begin();
    pass(999);
    assertThat(connection.isOpen()).isTrue();

    pass(1);

    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void aConnectionThatOpensMeanwhileIsClosedAfterAMoment() {
    begin();
    open();
    pass(999);
    assertThat(connection.isOpen()).isTrue();

    pass(1);

    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void ofRequestsInAdvanceTheLastOneGetsTheLastAnswer() {
    receive(REQUEST + REQUEST);
    begin();

    assertThat(answer()).doesNotContain(CLOSE);
    assertThat(connection.isOpen()).isTrue();
    assertThat(answer()).contains(CLOSE);
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void whatComesBehindTheLastAnswerIsNotServed() {
    receive(REQUEST);
    begin();
    write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    receive(REQUEST);

    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void anAnswerThatWasBegunBeforeIsFollowedByTheMoment() {
    receive(REQUEST);
    write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    begin();
    pass(5_000);
    write(LastHttpContent.EMPTY_LAST_CONTENT);
    pass(999);
    assertThat(connection.isOpen()).isTrue();

    pass(1);

    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void anInterimAnswerIsNotTheLast() {
    receive("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n");
    begin();
    write(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));

    assertThat(written()).startsWith("HTTP/1.1 100").doesNotContain(CLOSE);
    assertThat(connection.isOpen()).isTrue();
  }

  private void begin() {
    drain.begin();
    connection.runPendingTasks();
  }

  private void receive(String bytes) {
    connection.writeInbound(Unpooled.copiedBuffer(bytes, US_ASCII));
  }

  private String answer() {
    write(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT));
    return written();
  }

  private void write(HttpObject message) {
    var _ = connection.writeOneOutbound(message);
    connection.flushOutbound();
  }

  private String written() {
    var text = new StringBuilder();
    for (ByteBuf bytes = connection.readOutbound();
        bytes != null;
        bytes = connection.readOutbound()) {
      text.append(bytes.toString(US_ASCII));
    }
    return text.toString();
  }

  private long requests() {
    long count = 0;
    for (Object message = connection.readInbound();
        message != null;
        message = connection.readInbound()) {
      count += message instanceof LastHttpContent ? 1 : 0;
      ReferenceCountUtil.release(message);
    }
    return count;
  }

  private void pass(long millis) {
    connection.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    connection.runScheduledPendingTasks();
  }
}
