package dev.latchkey.application.service.account;

import dev.latchkey.application.port.in.account.ShowAccount;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.domain.user.User;

/** {@link ShowAccount}. */
public final class ShowAccountService implements ShowAccount {

  private final Users users;

  public ShowAccountService(Users users) {
    this.users = users;
  }

  @Override
  public Result execute(Command command) {
    return users
        .find(command.userId())
        .filter(User::isActive)
        .<Result>map(Result.Found::new)
        .orElseGet(Result.Gone::new);
  }
}
