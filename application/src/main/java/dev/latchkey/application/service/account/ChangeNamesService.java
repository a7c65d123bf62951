package dev.latchkey.application.service.account;

import dev.latchkey.application.port.in.account.ChangeNames;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.domain.user.PersonName;
import dev.latchkey.domain.user.User;
import org.jspecify.annotations.Nullable;

/** {@link ChangeNames}. */
public final class ChangeNamesService implements ChangeNames {

  private final Transactions transactions;
  private final Users users;

  public ChangeNamesService(Transactions transactions, Users users) {
    this.transactions = transactions;
    this.users = users;
  }

  @Override
  public Result execute(Command command) {
    return transactions.execute(() -> change(command));
  }

  private Result change(Command command) {
    return users
        .lock(command.userId())
        .filter(User::isActive)
        .<Result>map(user -> new Result.Changed(change(user, command)))
        .orElseGet(Result.Gone::new);
  }

  private User change(User user, Command command) {
    User changed =
        user.withNames(
            apply(command.firstName(), user.firstName()),
            apply(command.lastName(), user.lastName()));
    users.changeNames(user.id(), changed.firstName(), changed.lastName());
    return changed;
  }

  private static @Nullable PersonName apply(Edit edit, @Nullable PersonName name) {
    return switch (edit) {
      case Edit.Keep() -> name;
      case Edit.Replace(PersonName other) -> other;
    };
  }
}
