package dev.latchkey.application.port.in;

import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.user.UserId;
import java.util.List;

/** Shows users the devices they are logged in on. */
public interface ListSessions {

  Result execute(Command command);

  record Command(UserId userId) {}

  sealed interface Result {

    /** The active sessions, the oldest first. */
    record Listed(List<Session> sessions) implements Result {}
  }
}
