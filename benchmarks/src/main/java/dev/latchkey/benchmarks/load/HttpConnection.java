package dev.latchkey.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;

/**
 * One connection that is kept, for one user. It understands what this service answers (HTTP/1.1
 * with a {@code Content-Length}) and nothing else: a client that understands more would take the
 * processor from what is measured.
 */
final class HttpConnection implements AutoCloseable {

  private static final int LARGEST_ANSWER = 64 * 1024;
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String LENGTH = "\r\ncontent-length: ";

  private final String host;
  private final Socket socket;
  private final OutputStream out;
  private final InputStream in;
  private final byte[] buffer = new byte[LARGEST_ANSWER];

  HttpConnection(URI service) throws IOException {
    this.host = service.getAuthority();
    this.socket = new Socket();
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    socket.connect(new InetSocketAddress(service.getHost(), service.getPort()));
    this.out = socket.getOutputStream();
    this.in = socket.getInputStream();
  }

  /**
   * An answer.
   *
   * @param head the status line and the headers, as they came
   */
  record Answer(int status, String head, String body) {

    /** This answer; any other status would be no result. */
    Answer require(int expected) {
      if (status != expected) {
        throw new IllegalStateException(status + " instead of " + expected);
      }
      return this;
    }

    /**
     * The value of a header.
     *
     * @param name as the service spells it
     */
    String header(String name) {
      String before = "\r\n" + name + ": ";
      int start = head.indexOf(before);
      if (start < 0) {
        throw new IllegalStateException("no " + name + " in the answer " + status);
      }
      return head.substring(start + before.length(), head.indexOf('\r', start + before.length()));
    }

    /** The value of a member that is a text, wherever it stands in the JSON. */
    String text(String member) {
      String before = "\"" + member + "\":\"";
      int start = body.indexOf(before);
      if (start < 0) {
        throw new IllegalStateException("no " + member + " in the answer " + status);
      }
      return body.substring(start + before.length(), body.indexOf('"', start + before.length()));
    }
  }

  Answer post(String path, String json) throws IOException {
    return send("POST", path, JSON, json);
  }

  /** With a proof of a key (RFC 9449 §4.1). */
  Answer post(String path, String json, String proof) throws IOException {
    return send("POST", path, JSON + "DPoP: " + proof + "\r\n", json);
  }

  /**
   * @param headers each with its line break
   */
  Answer send(String method, String path, String headers, String body) throws IOException {
    String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
    String request =
        method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + length + "\r\n";
    out.write((request + body).getBytes(ISO_8859_1));
    return read();
  }

  private Answer read() throws IOException {
    int have = 0;
    int headEnd = -1;
    while (headEnd < 0) {
      have += readInto(have);
      headEnd = endOfHead(have);
    }
    String head = new String(buffer, 0, headEnd, ISO_8859_1);
    int bodyLength = bodyLength(head);
    int total = headEnd + bodyLength;
    while (have < total) {
      have += readInto(have);
    }
    int status = Integer.parseInt(head.substring(9, 12));
    return new Answer(status, head, new String(buffer, headEnd, bodyLength, ISO_8859_1));
  }

  private int readInto(int offset) throws IOException {
    int read = in.read(buffer, offset, buffer.length - offset);
    if (read < 0) {
      throw new EOFException("the service has closed the connection");
    }
    return read;
  }

  private int endOfHead(int have) {
    for (int i = 3; i < have; i++) {
      if (buffer[i] == '\n' && buffer[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private static int bodyLength(String head) {
    int start = head.indexOf(LENGTH);
    if (start < 0) {
      return 0;
    }
    int first = start + LENGTH.length();
    return Integer.parseInt(head, first, head.indexOf('\r', first), 10);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
