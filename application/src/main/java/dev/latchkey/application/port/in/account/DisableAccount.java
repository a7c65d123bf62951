package dev.latchkey.application.port.in.account;

import dev.latchkey.application.port.Actor;
import dev.latchkey.domain.user.Username;

/** Keeps a user from logging in, and ends all sessions of theirs for good. */
public interface DisableAccount {

  Result execute(Command command);

  record Command(Username username, Actor actor) {}

  sealed interface Result {

    /** Also if it was before. */
    record Disabled() implements Result {}

    record UnknownUser() implements Result {}

    /** Nobody else could administer the service. */
    record LastAdministrator() implements Result {}
  }
}
