package dev.latchkey.adapters.web.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What two servers could read differently is refused, and what came behind it is never served (RFC
 * 9112 §11.2).
 */
@ParameterizedClass
@ValueSource(strings = {"http", "https"})
class RequestSmugglingTest extends HttpTest {

  private static final String HOST = "Host: localhost\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

  /** Would be answered with a document if it were served. */
  private static final String HIDDEN = "GET /.well-known/jwks.json HTTP/1.1\r\n" + HOST + "\r\n";

  RequestSmugglingTest(String scheme) {
    super(TestTls.by(scheme, Map.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ambiguous")
  void anAmbiguousRequestIsRefusedAndNothingBehindItIsServed(String name, String request)
      throws IOException {
    String answers = exchange(request + HIDDEN);

    assertThat(answers)
        .startsWith("HTTP/1.")
        .contains(" 400 Bad Request\r\n")
        .doesNotContain("\"keys\"");
    assertThat(answers.split("HTTP/1\\.[01] ", -1)).as("answers, behind nothing").hasSize(2);
    assertThat(answers.toLowerCase(Locale.ROOT)).doesNotContain("keep-alive");
  }

  static Stream<Arguments> ambiguous() {
    return Stream.of(
            Stream.of(
                shape(
                    "a coding behind chunked",
                    post("Transfer-Encoding: chunked, xchunked\r\n", "0\r\n\r\n")),
                shape("an unknown coding", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")),
                shape(
                    "identity",
                    post("Transfer-Encoding: identity\r\nContent-Length: 5\r\n", "0\r\n\r\n")),
                shape(
                    "a coding before chunked",
                    post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")),
                shape(
                    "a coding in quotes", post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n")),
                shape(
                    "a coding with a parameter",
                    post("Transfer-Encoding: chunked;a=b\r\n", "0\r\n\r\n")),
                shape("no coding", post("Transfer-Encoding: \r\n", "0\r\n\r\n")),
                shape("a folded coding", post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n")),
                shape(
                    "a coding with an empty fold",
                    post("Transfer-Encoding: chunked\r\n \r\n", "0\r\n\r\n")),
                shape(
                    "unknown and length",
                    post("Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")),
                shape("chunked and length", post(CHUNKED + "Content-Length: 5\r\n", "0\r\n\r\n")),
                shape("length and chunked", post("Content-Length: 5\r\n" + CHUNKED, "0\r\n\r\n")),
                shape("chunked twice", post(CHUNKED + CHUNKED, "0\r\n\r\n")),
                shape(
                    "chunked and unknown", post(CHUNKED + "Transfer-Encoding: x\r\n", "0\r\n\r\n")),
                shape(
                    "unknown and chunked", post("Transfer-Encoding: x\r\n" + CHUNKED, "0\r\n\r\n")),
                shape(
                    "chunked twice in one",
                    post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n")),
                shape(
                    "chunked in HTTP/1.0",
                    "POST /api/auth/login HTTP/1.0\r\n" + HOST + CHUNKED + "\r\n0\r\n\r\n")),
            Stream.of("+5", "-5", "5, 5", "5 5", "0x5", "5.0", "", "99999999999999999999", "\u00b2")
                .map(
                    length ->
                        shape(
                            "length '" + length + "'",
                            post("Content-Length: " + length + "\r\n", "hello"))),
            Stream.of(
                shape("length twice", post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello")),
                shape(
                    "lengths that differ",
                    post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello")),
                shape("a folded length", post("Content-Length:\r\n 5\r\n", "hello"))),
            Stream.of(
                shape("two hosts", get("/", "Host: a\r\nHost: b\r\n")),
                shape("the same host twice", get("/", HOST + HOST)),
                shape("no host", get("/", "")),
                shape("hosts in a list", get("/", "Host: a, b\r\n")),
                shape("an empty host", get("/", "Host: \r\n")),
                shape("a host with a user", get("/", "Host: a@b\r\n")),
                shape("a host with a path", get("/", "Host: a/b\r\n")),
                shape("a folded host", get("/", "Host: a\r\n b\r\n")),
                shape("two hosts in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n")),
            Stream.of(
                shape("another host in the target", get("http://elsewhere/", HOST)),
                shape("no host in the target", get("http:///", HOST)),
                shape("another scheme in the target", get("ftp://localhost/", HOST)),
                shape("a tunnel", "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost:80\r\n\r\n"),
                shape("an asterisk", get("*", HOST)),
                shape("no slash", get("health", HOST)),
                shape("a fragment", get("/health#a", HOST)),
                shape("a control character in the target", get("/health\u0001", HOST)),
                shape("bytes above ASCII in the target", get("/health\u00e9", HOST))),
            Stream.of(
                shape("bytes behind a chunk", chunks("2\r\n{}XX\r\n0\r\n\r\n")),
                shape("a chunk that ends with LF", chunks("2\r\n{}\n0\r\n\r\n")),
                shape("a chunk that ends with CR", chunks("2\r\n{}\r0\r\n\r\n")),
                shape("a size that is no number", chunks("g\r\n{}\r\n0\r\n\r\n")),
                shape("a size with 0x", chunks("0x2\r\n{}\r\n0\r\n\r\n")),
                shape("a size with a sign", chunks("+2\r\n{}\r\n0\r\n\r\n")),
                shape("a negative size", chunks("-2\r\n{}\r\n0\r\n\r\n")),
                shape("an empty size", chunks("\r\n{}\r\n0\r\n\r\n")),
                shape("a size behind a space", chunks(" 2\r\n{}\r\n0\r\n\r\n")),
                shape("a size of 33 bits", chunks("100000002\r\n{}\r\n0\r\n\r\n")),
                shape("a size and more", chunks("2 junk\r\n{}\r\n0\r\n\r\n")),
                shape("a size that ends with LF", chunks("2\n{}\r\n0\r\n\r\n")),
                shape("an extension with LF", chunks("2;a\nb\r\n{}\r\n0\r\n\r\n")),
                shape("an extension with CR", chunks("2;a\rb\r\n{}\r\n0\r\n\r\n")),
                shape(
                    "an extension with a quoted line end",
                    chunks("2;a=\"\r\n{}\"\r\n{}\r\n0\r\n\r\n")),
                shape("no line end behind the last chunk", chunks("2\r\n{}\r\n0\r\nX\r\n\r\n")),
                shape("LF behind the last chunk", chunks("2\r\n{}\r\n0\r\n\n"))),
            Stream.of(
                shape("CR in a value", get("/", HOST + "X: a\rb\r\n")),
                shape("CR at the end of a value", get("/", HOST + "X: a\r\r\n")),
                shape("LF at the end of a line", get("/", HOST + "X: a\n")),
                shape("LF everywhere", "GET / HTTP/1.1\nHost: localhost\n\n"),
                shape("NUL in a value", get("/", HOST + "X: a\0b\r\n")),
                shape("NUL in a name", get("/", HOST + "X\0: a\r\n")),
                shape("CR in a name", get("/", HOST + "X\rY: a\r\n")),
                shape(
                    "VT before a value", post("Transfer-Encoding:\u000bchunked\r\n", "0\r\n\r\n")),
                shape(
                    "VT behind a name", post("Transfer-Encoding\u000b: chunked\r\n", "0\r\n\r\n")),
                shape("a space before the colon", post("Content-Length : 5\r\n", "hello")),
                shape(
                    "a tab before the colon",
                    post("Transfer-Encoding\t: chunked\r\n", "0\r\n\r\n")),
                shape("a space before the first name", get("/", " " + HOST)),
                shape("no colon", get("/", HOST + "X\r\n")),
                shape("a folded line", get("/", HOST + "X: a\r\n b\r\n")),
                shape("a line folded with a tab", get("/", HOST + "X: a\r\n\tb\r\n")),
                shape(
                    "a folded line that looks like a field",
                    get("/", HOST + "X: a\r\n Content-Length: 99\r\n")),
                shape("a folded line at the end", get("/", HOST + "X: a\r\n \r\n")),
                shape(
                    "a folded line behind empty ones",
                    "\r\n\r\n" + get("/", HOST + "X: a\r\n b\r\n")),
                shape("a space before the method", " " + get("/", HOST)),
                shape("no name", get("/", HOST + ": a\r\n"))),
            Stream.of(
                shape("HTTP/2 by prior knowledge", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                shape("HTTP/2.0", "GET / HTTP/2.0\r\n" + HOST + "\r\n"),
                shape("HTTP/1.2", "GET / HTTP/1.2\r\n" + HOST + "\r\n"),
                shape("HTTP/0.9", "GET /\r\n"),
                shape("more words", "GET / x HTTP/1.1\r\n" + HOST + "\r\n"),
                shape("a space behind the version", "GET / HTTP/1.1 \r\n" + HOST + "\r\n"),
                shape("NUL before the method", "\0GET / HTTP/1.1\r\n" + HOST + "\r\n"),
                shape("a method that is none", "G(T / HTTP/1.1\r\n" + HOST + "\r\n")))
        .flatMap(shapes -> shapes);
  }

  @Test
  void aMalformedBodyIsRefusedInItsTurn() throws IOException {
    String answers =
        exchange(get("/health/liveness", HOST) + chunks("2\r\n{}XX\r\n0\r\n\r\n") + HIDDEN);

    assertThat(answers.split("HTTP/1\\.1 ", -1)).hasSize(3);
    assertThat(answers.indexOf("200 Ok"))
        .isPositive()
        .isLessThan(answers.indexOf("400 Bad Request"));
  }

  @Test
  void theAnswerToHeadHasNoBody() throws IOException {
    String answer = exchange("HEAD /openapi HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 200 ")
        .endsWith("\r\n\r\n")
        .doesNotContain("\"openapi\"");
  }

  @Test
  void plainRequestsOnOneConnectionAreServedOneAfterTheOther() throws IOException {
    String login = "{\"username\":\"nobody\",\"password\":\"four quiet herons at dusk\"}";
    String chunk = Integer.toHexString(login.length()) + ";a=b\r\n" + login + "\r\n0\r\n\r\n";

    String answers =
        exchange(
            post(
                    "Content-Type: application/json\r\nContent-Length: " + login.length() + "\r\n",
                    login)
                + post("Content-Type: application/json\r\nTransfer-Encoding: Chunked\r\n", chunk)
                + get("http://localhost/health/liveness", HOST)
                + get("/health/liveness", HOST + "Connection: close\r\n"));

    assertThat(answers.split("invalid_credentials", -1)).hasSize(3);
    assertThat(answers.split("200 Ok", -1)).hasSize(3);
  }

  @Test
  void anUpgradeToHttp2IsNotDone() throws IOException {
    String answers =
        exchange(
            get(
                    "/health/liveness",
                    HOST
                        + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                        + "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n")
                + get("/health/liveness", HOST + "Connection: close\r\n"));

    assertThat(answers).startsWith("HTTP/1.1 200 Ok\r\n").doesNotContain("101 ");
    assertThat(answers.split("HTTP/1\\.1 200 Ok", -1)).hasSize(3);
  }

  private static Arguments shape(String name, String request) {
    return Arguments.of(name, request);
  }

  private static String get(String target, String headers) {
    return "GET " + target + " HTTP/1.1\r\n" + headers + "\r\n";
  }

  private static String post(String headers, String body) {
    return "POST /api/auth/login HTTP/1.1\r\n" + HOST + headers + "\r\n" + body;
  }

  private static String chunks(String body) {
    return post("Content-Type: application/json\r\n" + CHUNKED, body);
  }

  /** Everything that comes back until the service closes the connection. */
  private String exchange(String bytes) throws IOException {
    try (Socket socket = TestTls.openSocket(node.address())) {
      // A connection that stays open would never end the reading.
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }
}
