package dev.latchkey.application.port.in.account;

import dev.latchkey.application.port.Actor;
import dev.latchkey.domain.user.Username;

/** Lets a disabled user log in again. The sessions from before stay ended. */
public interface EnableAccount {

  Result execute(Command command);

  record Command(Username username, Actor actor) {}

  sealed interface Result {

    /** Also if it was before. */
    record Enabled() implements Result {}

    record UnknownUser() implements Result {}
  }
}
