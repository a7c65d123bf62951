package dev.latchkey.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A connection of HTTP/1.1 that is used until the service says that it closes it. Unlike clients
 * for real use it sends nothing again by itself, so that nothing that was cut stays unnoticed.
 */
public final class KeptConnection implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;
  private boolean closing;

  /**
   * @throws ConnectException if the service accepts none
   */
  public KeptConnection(URI service) throws IOException {
    socket = new Socket(service.getHost(), service.getPort());
    socket.setTcpNoDelay(true);
    // A test that hangs fails before long.
    socket.setSoTimeout(30_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * @param headers by their names in small letters; the values of one that came twice are joined
   * @param body all of it that came
   */
  public record Reply(int status, Map<String, String> headers, String body) {

    /** Empty if it did not come. */
    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  /**
   * @param headers name, value, name, value
   * @throws IOException if the answer does not come completely
   */
  public Reply get(String path, String... headers) throws IOException {
    var head = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: latchkey\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    send(head + "\r\n");
    return receive();
  }

  /**
   * @throws IOException if the answer does not come completely
   */
  public Reply post(String path, String json) throws IOException {
    send(head(path, json, "") + json);
    return receive();
  }

  /**
   * The same in two parts: the service has read the first one when it asks for the second.
   *
   * @throws IOException if the answer does not come completely
   */
  public Reply postWhenAsked(String path, String json) throws IOException {
    send(head(path, json, "Expect: 100-continue\r\n"));
    Reply interim = receive();
    if (interim.status() != 100) {
      return interim;
    }
    send(json);
    return receive();
  }

  private static String head(String path, String json, String more) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: latchkey\r\nContent-Type: application/json\r\nContent-Length: "
        + json.getBytes(UTF_8).length
        + "\r\n"
        + more
        + "\r\n";
  }

  private void send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(UTF_8));
    socket.getOutputStream().flush();
  }

  private Reply receive() throws IOException {
    int status = Integer.parseInt(line().split(" ", -1)[1]);
    var headers = new HashMap<String, String>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] field = line.split(": *", 2);
      headers.merge(field[0].toLowerCase(Locale.ROOT), field[1], (one, more) -> one + ", " + more);
    }
    closing |= headers.getOrDefault("connection", "").equalsIgnoreCase("close");
    byte[] body =
        headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")
            ? chunks()
            : bytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    return new Reply(status, Map.copyOf(headers), new String(body, UTF_8));
  }

  /** RFC 9112 §7.1; nobody sends trailers here. */
  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    for (int length = chunkLength(); length > 0; length = chunkLength()) {
      body.writeBytes(bytes(length));
      var _ = line();
    }
    var _ = line();
    return body.toByteArray();
  }

  private int chunkLength() throws IOException {
    return Integer.parseInt(line().split(";", -1)[0].strip(), 16);
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("an answer was cut");
    }
    return bytes;
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection was closed before the answer");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(UTF_8);
  }

  /** Whether the service has said that it closes it. */
  public boolean isClosing() {
    return closing;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
