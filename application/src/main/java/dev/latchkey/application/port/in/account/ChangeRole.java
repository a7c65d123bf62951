package dev.latchkey.application.port.in.account;

import dev.latchkey.application.port.Actor;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.Username;
import java.util.Set;

/** Grants a role to a user, or withdraws one; for the operator of the service. */
public interface ChangeRole {

  Result execute(Command command);

  record Command(Username username, Role role, Change change, Actor actor) {}

  /** What is to become of the role. */
  enum Change {
    GRANT,
    WITHDRAW
  }

  sealed interface Result {

    /**
     * A granted role is part of the user's next access token. A withdrawn one stays in the tokens
     * already issued, where resource servers find it until they expire; Latchkey itself looks at
     * the user.
     *
     * @param roles that the user has from now on
     */
    record Changed(Set<Role> roles) implements Result {}

    record UnknownUser() implements Result {}

    /** Without the role nobody could administer the service. */
    record LastAdministrator() implements Result {}
  }
}
