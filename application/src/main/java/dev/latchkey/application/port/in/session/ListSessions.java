package dev.latchkey.application.port.in.session;

import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.user.UserId;
import java.util.List;

/** Shows users the devices they are logged in on. */
public interface ListSessions {

  /** The active sessions of the user, the oldest first. */
  List<Session> execute(UserId userId);
}
