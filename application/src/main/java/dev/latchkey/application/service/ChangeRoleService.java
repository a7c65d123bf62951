package dev.latchkey.application.service;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.latchkey.application.port.in.ChangeRole;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.Users;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import java.util.Set;
import java.util.stream.Stream;

/** {@link ChangeRole}: one change of a user at a time, so that none undoes another. */
public final class ChangeRoleService implements ChangeRole {

  private final Transactions transactions;
  private final Users users;

  public ChangeRoleService(Transactions transactions, Users users) {
    this.transactions = transactions;
    this.users = users;
  }

  @Override
  public Result execute(Command command) {
    return transactions.execute(
        () ->
            users
                .findByUsername(command.username())
                .map(user -> change(user, command))
                .orElseGet(Result.UnknownUser::new));
  }

  private Result change(User found, Command command) {
    users.lock(found.id());
    Set<Role> roles = users.find(found.id()).map(User::roles).orElse(Set.of());
    Set<Role> changed =
        switch (command.change()) {
          case GRANT -> Stream.concat(roles.stream(), Stream.of(command.role())).collect(toUnmodifiableSet());
          case WITHDRAW -> roles.stream().filter(role -> !role.equals(command.role())).collect(toUnmodifiableSet());
        };
    users.changeRoles(found.id(), changed);
    return new Result.Changed(changed);
  }
}
