package dev.latchkey.application.service;

import dev.latchkey.application.port.in.ShowAccount;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.Users;
import dev.latchkey.domain.user.User;

/** {@link ShowAccount}. */
public final class ShowAccountService implements ShowAccount {

  private final Transactions transactions;
  private final Users users;

  public ShowAccountService(Transactions transactions, Users users) {
    this.transactions = transactions;
    this.users = users;
  }

  @Override
  public Result execute(Command command) {
    return transactions
        .execute(() -> users.find(command.userId()))
        .filter(User::isActive)
        .<Result>map(Result.Found::new)
        .orElseGet(Result.Gone::new);
  }
}
