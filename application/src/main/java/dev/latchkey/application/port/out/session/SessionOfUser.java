package dev.latchkey.application.port.out.session;

import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.user.User;

/** A session and whose it is, as both were at one moment. */
public record SessionOfUser(Session session, User user) {

  public SessionOfUser {
    if (!session.userId().equals(user.id())) {
      throw new IllegalArgumentException("the session is another user's");
    }
  }
}
