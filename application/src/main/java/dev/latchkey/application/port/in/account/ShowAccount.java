package dev.latchkey.application.port.in.account;

import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;

/** Shows users their own account. */
public interface ShowAccount {

  Result execute(Command command);

  record Command(UserId userId) {}

  sealed interface Result {

    record Found(User user) implements Result {}

    /** There is no such account any more, or it is disabled. */
    record Gone() implements Result {}
  }
}
