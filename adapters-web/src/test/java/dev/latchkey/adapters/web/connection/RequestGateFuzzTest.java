package dev.latchkey.adapters.web.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The gate behind the decoder, as on a connection. */
final class RequestGateFuzzTest {

  private static final int AT_ONCE = Integer.MAX_VALUE;

  @FuzzTest
  void whatPassesIsTheSameHoweverItComesAndWrittenAgain(byte[] input) {
    List<Passed> requests = pass(input, AT_ONCE);

    assertThat(pass(input, 1)).isEqualTo(requests);
    assertThat(requests.stream().limit(Math.max(0, requests.size() - 1)))
        .as("all but the last")
        .allMatch(request -> request.end() == End.COMPLETE);
    List<Passed> complete =
        requests.stream().filter(request -> request.end() == End.COMPLETE).toList();
    assertThat(complete).allSatisfy(RequestGateFuzzTest::assertUnambiguous);
    assertThat(pass(written(complete), AT_ONCE)).isEqualTo(complete);
  }

  private static void assertUnambiguous(Passed request) {
    List<String> lengths = request.field(HttpHeaderNames.CONTENT_LENGTH);
    List<String> codings = request.field(HttpHeaderNames.TRANSFER_ENCODING);
    assertThat(lengths.size() + codings.size()).isLessThanOrEqualTo(1);
    assertThat(lengths)
        .allMatch(
            length ->
                length.matches("[0-9]+") && Long.parseLong(length) == request.body().length());
    assertThat(codings).allMatch("chunked"::equalsIgnoreCase);
    assertThat(request.body().isEmpty() || lengths.size() + codings.size() == 1).isTrue();
    assertThat(request.field(HttpHeaderNames.HOST)).hasSizeLessThanOrEqualTo(1);
    assertThat(request.line()).matches("[!-~]+ [!-~]+ HTTP/1\\.[01]");
    assertThat(request.fields())
        .allMatch(field -> field.getKey().matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+"))
        .noneMatch(field -> field.getValue().matches("(?s).*[\\x00\\r\\n].*"));
  }

  private static byte[] written(List<Passed> requests) {
    return requests.stream().map(Passed::written).collect(joining()).getBytes(ISO_8859_1);
  }

  /** Lets the bytes come in pieces of a size, and collects what passes. */
  private static List<Passed> pass(byte[] bytes, int size) {
    var connection =
        new EmbeddedChannel(new UnfoldedServerCodec(new HttpDecoderConfig()), new RequestGate());
    int start = 0;
    while (start < bytes.length && connection.isOpen()) {
      int length = Math.min(size, bytes.length - start);
      connection.writeInbound(Unpooled.wrappedBuffer(bytes, start, length));
      start += length;
    }
    List<Passed> requests = collect(connection);
    if (!connection.isOpen()) {
      requests.add(requests.removeLast().refused()); // as to its body, and answered by the gate
    }
    var _ = connection.finishAndReleaseAll();
    return requests;
  }

  private static List<Passed> collect(EmbeddedChannel connection) {
    var requests = new ArrayList<Passed>();
    for (Object message = connection.readInbound();
        message != null;
        message = connection.readInbound()) {
      if (message instanceof HttpRequest request) {
        requests.add(Passed.of(request));
      }
      if (message instanceof HttpContent content) {
        requests.add(requests.removeLast().with(content));
      }
      ReferenceCountUtil.release(message);
    }
    return requests;
  }

  private enum End {
    MISSING,
    COMPLETE,
    REFUSED
  }

  private record Passed(String line, List<Map.Entry<String, String>> fields, String body, End end) {

    static Passed of(HttpRequest request) {
      var passed =
          new Passed(
              request.method() + " " + request.uri() + " " + request.protocolVersion().text(),
              request.headers().entries().stream()
                  .<Map.Entry<String, String>>map(Map.Entry::copyOf)
                  .toList(),
              "",
              End.MISSING);
      return request.decoderResult().isFailure() ? passed.refused() : passed;
    }

    Passed with(HttpContent content) {
      if (end == End.REFUSED) {
        return this;
      }
      assertThat(end).isEqualTo(End.MISSING);
      return new Passed(
          line,
          fields,
          body + content.content().toString(ISO_8859_1),
          content instanceof LastHttpContent ? End.COMPLETE : End.MISSING);
    }

    /** How much of it was read before does not matter. */
    Passed refused() {
      return new Passed("", List.of(), "", End.REFUSED);
    }

    List<String> field(CharSequence name) {
      return fields.stream()
          .filter(field -> field.getKey().equalsIgnoreCase(name.toString()))
          .map(Map.Entry::getValue)
          .toList();
    }

    String written() {
      return line
          + "\r\n"
          + fields.stream().map(Passed::line).collect(joining())
          + "\r\n"
          + content();
    }

    private static String line(Map.Entry<String, String> field) {
      return field.getKey() + ": " + field.getValue() + "\r\n";
    }

    private String content() {
      if (field(HttpHeaderNames.TRANSFER_ENCODING).isEmpty()) {
        return body;
      }
      return body.isEmpty()
          ? "0\r\n\r\n"
          : Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
    }
  }
}
