package dev.latchkey.application.port.in.account;

import dev.latchkey.application.port.Actor;
import dev.latchkey.domain.user.Username;

/** Ends all sessions of a user. */
public interface EndSessions {

  Result execute(Command command);

  record Command(Username username, Actor actor) {}

  sealed interface Result {

    /**
     * @param count how many there were
     */
    record Ended(int count) implements Result {}

    record UnknownUser() implements Result {}
  }
}
