package dev.latchkey.adapters.web.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnfoldedServerCodecTest {

  private static final String PLAIN = "GET /plain HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String FOLDED = "GET /folded HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n";
  private static final String BODY =
      "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\n\r\n a\r\n ";
  private static final String CHUNKS =
      "POST /chunks HTTP/1.1\r\n"
          + "Host: a\r\n"
          + "Transfer-Encoding: chunked\r\n\r\n"
          + "3\r\n\n"
          + " a\r\n"
          + "0\r\n\r\n";

  private final EmbeddedChannel connection =
      new EmbeddedChannel(new UnfoldedServerCodec(new HttpDecoderConfig()));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 1000})
  void refusesAFoldedLineHoweverTheBytesCome(int step) {
    receive("\r\n" + PLAIN + BODY + "\r\n" + CHUNKS + FOLDED + PLAIN, step);

    assertThat(requests()).containsExactly("/plain", "/body", "/chunks", "malformed");
  }

  @ParameterizedTest
  @CsvSource({
    "1, ' '",
    "1000, ' '",
    "1, '\r '",
    "1000, '\r '",
    "1, '\u0001\t'",
    "1000, '\u0001\t'"
  })
  void refusesWhiteSpaceBeforeAHeadHoweverTheBytesCome(int step, String before) {
    receive(PLAIN + "\r\n" + before + PLAIN + PLAIN, step);

    assertThat(requests()).containsExactly("/plain", "malformed");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 1000})
  void leavesBodiesAlone(int step) {
    receive(BODY + CHUNKS + BODY + PLAIN, step);

    assertThat(requests()).containsExactly("/body", "/chunks", "/body", "/plain");
  }

  @Test
  void answersHeadWithoutABody() {
    receive("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + PLAIN, 1000);

    assertThat(answer()).doesNotEndWith("body");
    assertThat(answer()).endsWith("body");
  }

  private void receive(String bytes, int step) {
    for (int start = 0; start < bytes.length(); start += step) {
      String part = bytes.substring(start, Math.min(start + step, bytes.length()));
      connection.writeInbound(Unpooled.copiedBuffer(part, US_ASCII));
    }
  }

  private List<String> requests() {
    var requests = new ArrayList<String>();
    for (Object message = connection.readInbound();
        message != null;
        message = connection.readInbound()) {
      if (message instanceof HttpRequest request) {
        requests.add(request.decoderResult().isFailure() ? "malformed" : request.uri());
      } else {
        assertThat(((HttpContent) message).decoderResult().isSuccess()).isTrue();
      }
    }
    return requests;
  }

  private String answer() {
    var answer =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.copiedBuffer("body", US_ASCII));
    answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, 4);
    connection.writeOutbound(answer);
    var text = new StringBuilder();
    for (ByteBuf bytes = connection.readOutbound();
        bytes != null;
        bytes = connection.readOutbound()) {
      text.append(bytes.toString(US_ASCII));
    }
    return text.toString();
  }
}
