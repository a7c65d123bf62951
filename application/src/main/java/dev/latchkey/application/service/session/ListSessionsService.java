package dev.latchkey.application.service.session;

import dev.latchkey.application.port.in.session.ListSessions;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.user.UserId;
import java.time.InstantSource;
import java.util.List;

/** {@link ListSessions}. */
public final class ListSessionsService implements ListSessions {

  private final Sessions sessions;
  private final InstantSource clock;

  public ListSessionsService(Sessions sessions, InstantSource clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  @Override
  public List<Session> execute(UserId userId) {
    return sessions.activeOf(userId, clock.instant());
  }
}
