package dev.latchkey.application.service.account;

import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.domain.user.User;
import java.util.Set;

/** Keeps at least one active administrator, once there is one. */
public final class Administrators {

  private final Users users;

  public Administrators(Users users) {
    this.users = users;
  }

  /**
   * Whether nobody could administer the service without this user. To be called in the transaction
   * that is to go on without, after it has locked the user: two of them take turns here.
   */
  boolean isLastActive(User user) {
    return users.lockAdministrators().equals(Set.of(user.id()));
  }
}
