package dev.latchkey.application.port.in.session;

import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.UserId;

/** Ends all of a user's sessions except the current one. */
public interface RevokeOtherSessions {

  /**
   * @return how many sessions are ended by this
   */
  int execute(Command command);

  record Command(UserId owner, SessionId current, Device device) {}
}
