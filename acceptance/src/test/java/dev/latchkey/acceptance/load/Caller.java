package dev.latchkey.acceptance.load;

import dev.latchkey.acceptance.KeptConnection;
import dev.latchkey.acceptance.KeptConnection.Reply;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Calls the sample of a kit with access tokens, one at a time, on a connection that it keeps. */
final class Caller {

  private final URI sample;
  private @Nullable KeptConnection connection;

  Caller(URI sample) {
    this.sample = sample;
  }

  enum Verdict {
    ACCEPTED,

    /** 401 with {@code invalid_token} (RFC 6750 §3.1). */
    REFUSED,

    /** 503: the sample knows no keys, or not which sessions have ended. */
    UNAVAILABLE,

    /** Whatever a sample must not answer. */
    WRONG
  }

  Verdict call(String accessToken) throws IOException {
    Reply reply = send(accessToken);
    return switch (reply.status()) {
      case 200 -> Verdict.ACCEPTED;
      case 401 ->
          reply.header("WWW-Authenticate").startsWith("Bearer error=\"invalid_token\"")
              ? Verdict.REFUSED
              : Verdict.WRONG;
      case 503 -> Verdict.UNAVAILABLE;
      default -> Verdict.WRONG;
    };
  }

  /** A second time if the sample closed the connection meanwhile (RFC 9112 §9.3.1). */
  private Reply send(String accessToken) throws IOException {
    KeptConnection kept = connection;
    if (kept != null && !kept.isClosing()) {
      try {
        return send(kept, accessToken);
      } catch (IOException _) {
        // It may have been idle for too long.
      }
    }
    if (kept != null) {
      kept.close();
    }
    var opened = new KeptConnection(sample);
    connection = opened;
    return send(opened, accessToken);
  }

  private static Reply send(KeptConnection connection, String accessToken) throws IOException {
    return connection.get("/reports", "Authorization", "Bearer " + accessToken);
  }
}
