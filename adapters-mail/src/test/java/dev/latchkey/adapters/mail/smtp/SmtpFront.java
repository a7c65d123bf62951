package dev.latchkey.adapters.mail.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of GreenMail, which knows no STARTTLS and refuses little: it upgrades connections
 * by itself, answers some commands by itself, and knows what was said in clear.
 */
final class SmtpFront implements AutoCloseable {

  private final ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  private final int behind;
  private final Optional<SSLContext> tls;
  private final Map<String, String> replies;
  private final List<String> saidInClear = new CopyOnWriteArrayList<>();

  /**
   * @param behind the port of GreenMail
   * @param tls to offer STARTTLS with
   * @param replies by the first word of a command, in the place of GreenMail's
   */
  SmtpFront(int behind, Optional<SSLContext> tls, Map<String, String> replies) throws IOException {
    this.behind = behind;
    this.tls = tls;
    this.replies = Map.copyOf(replies);
    var _ = Thread.startVirtualThread(this::listen);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Lines, of all connections. */
  List<String> saidInClear() {
    return List.copyOf(saidInClear);
  }

  private void listen() {
    while (true) {
      try {
        Socket client = listening.accept();
        var _ = Thread.startVirtualThread(() -> serve(client));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        Socket server = new Socket(listening.getInetAddress(), behind)) {
      Lines client = new Lines(socket, false);
      Lines mails = new Lines(server, false);
      client.write(mails.readReply());
      String command;
      while ((command = read(client)) != null) {
        String verb = command.split(" ", 2)[0];
        if (replies.containsKey(verb)) {
          client.write(replies.get(verb));
        } else if (verb.equals("STARTTLS") && tls.isPresent()) {
          client.write("220 go ahead");
          client = upgraded(socket, tls.get());
        } else {
          pass(command, client, mails);
        }
      }
    } catch (IOException _) {
      // The client has gone, which is what some tests are about.
    }
  }

  private @Nullable String read(Lines client) throws IOException {
    String line = client.read();
    if (line != null && !client.secure) {
      saidInClear.add(line);
    }
    return line;
  }

  private static Lines upgraded(Socket socket, SSLContext tls) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostAddress(), 0, true);
    secured.setUseClientMode(false);
    secured.startHandshake();
    return new Lines(secured, true);
  }

  private void pass(String command, Lines client, Lines server) throws IOException {
    server.write(command);
    String reply = server.readReply();
    boolean offered = command.startsWith("EHLO") && tls.isPresent() && !client.secure;
    client.write(offered ? reply.replaceFirst("\r\n", "\r\n250-STARTTLS\r\n") : reply);
    if (reply.startsWith("354")) {
      String line;
      do {
        line = String.valueOf(read(client));
        server.write(line);
      } while (!line.equals("."));
      client.write(server.readReply());
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Lines {

    private final Socket socket;
    private final BufferedReader in;
    private final boolean secure;

    Lines(Socket socket, boolean secure) throws IOException {
      this.socket = socket;
      this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      this.secure = secure;
    }

    @Nullable String read() throws IOException {
      return in.readLine();
    }

    /** All lines of it. */
    String readReply() throws IOException {
      var reply = new StringBuilder();
      String line;
      do {
        line = in.readLine();
        if (line == null) {
          throw new IOException("no reply");
        }
        reply.append(reply.isEmpty() ? "" : "\r\n").append(line);
      } while (line.startsWith("-", 3));
      return reply.toString();
    }

    void write(String text) throws IOException {
      socket.getOutputStream().write((text + "\r\n").getBytes(ISO_8859_1));
    }
  }
}
