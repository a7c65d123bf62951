package dev.latchkey.benchmarks.load;

import dev.latchkey.benchmarks.installation.ManySessions;
import dev.latchkey.benchmarks.load.HttpConnection.Answer;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One of several who share many sessions out among them, so that no two ever exchange the same:
 * each exchange is of a session chosen at random among its own.
 */
public final class SessionOwner implements Closeable {

  private final HttpConnection connection;
  private final ManySessions sessions;
  private final int number;
  private final int owners;

  private SessionOwner(HttpConnection connection, ManySessions sessions, int number, int owners) {
    this.connection = connection;
    this.sessions = sessions;
    this.number = number;
    this.owners = owners;
  }

  /** That many owners, of whom each has at least one session. */
  public static ClosedLoop<SessionOwner> share(URI service, ManySessions sessions, int owners)
      throws IOException {
    var all = new ArrayList<SessionOwner>();
    for (int number = 0; number < owners; number++) {
      all.add(new SessionOwner(new HttpConnection(service), sessions, number, owners));
    }
    return new ClosedLoop<>(all);
  }

  public void exchange() throws IOException {
    int any = ThreadLocalRandom.current().nextInt(sessions.count() / owners);
    int session = any * owners + number;
    String refreshToken = sessions.currentToken(session).reveal();
    Answer answer =
        connection.post("/api/auth/refresh", VirtualUser.presenting(refreshToken)).require(200);
    sessions.rotated(session);
    // A retry, too, gets 200.
    if (!answer.text("refreshToken").equals(sessions.currentToken(session).reveal())) {
      throw new IllegalStateException("session " + session + " has not been rotated");
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
