package dev.latchkey.application.port.in.account;

import dev.latchkey.domain.user.PersonName;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import org.jspecify.annotations.Nullable;

/** Changes the first and the last name of a user. */
public interface ChangeNames {

  Result execute(Command command);

  record Command(UserId userId, Edit firstName, Edit lastName) {}

  /** What is to become of a name. */
  sealed interface Edit {

    record Keep() implements Edit {}

    /**
     * @param name null: the user has none from now on
     */
    record Replace(@Nullable PersonName name) implements Edit {}
  }

  sealed interface Result {

    record Changed(User user) implements Result {}

    /** There is no such account any more, or it is disabled. */
    record Gone() implements Result {}
  }
}
