package dev.latchkey.application.port.in.account;

import dev.latchkey.application.port.Actor;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.Username;

/** Mails a user a code that resets the password. Whoever starts it neither sees nor chooses one. */
public interface StartPasswordReset {

  Result execute(Command command);

  record Command(Username username, Actor actor) {}

  sealed interface Result {

    record Started(UserId userId) implements Result {}

    record UnknownUser() implements Result {}

    record Disabled() implements Result {}

    /** No mail can be sent. */
    record MailOff() implements Result {}
  }
}
