package dev.latchkey.application.port.in.account;

import dev.latchkey.application.port.Actor;
import dev.latchkey.domain.user.Username;

/** Lets unknown devices log in again after too many wrong passwords. */
public interface ReopenAccount {

  Result execute(Command command);

  record Command(Username username, Actor actor) {}

  sealed interface Result {

    /** Also if it was not closed. */
    record Reopened() implements Result {}

    record UnknownUser() implements Result {}
  }
}
