package dev.latchkey.application.service.account;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.latchkey.application.port.in.account.ChangeRole;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@link ChangeRole}: one change of a user at a time, so that none undoes another. */
public final class ChangeRoleService implements ChangeRole {

  private final Transactions transactions;
  private final Users users;
  private final Administrators administrators;
  private final SecurityEvents events;
  private final InstantSource clock;

  public ChangeRoleService(
      Transactions transactions,
      Users users,
      Administrators administrators,
      SecurityEvents events,
      InstantSource clock) {
    this.transactions = transactions;
    this.users = users;
    this.administrators = administrators;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Optional<UserId> found = users.findByUsername(command.username()).map(User::id);
    if (found.isEmpty()) {
      return new Result.UnknownUser();
    }
    UserId user = found.get();
    Result result = transactions.execute(() -> change(user, command));
    switch (result) {
      case Result.Changed _ -> events.publish(event(command, user));
      case Result.UnknownUser _, Result.LastAdministrator _ -> {}
    }
    return result;
  }

  private SecurityEvent event(Command command, UserId user) {
    Instant now = clock.instant();
    return switch (command.change()) {
      case GRANT -> new SecurityEvent.RoleGranted(command.actor(), user, command.role(), now);
      case WITHDRAW -> new SecurityEvent.RoleWithdrawn(command.actor(), user, command.role(), now);
    };
  }

  private Result change(UserId id, Command command) {
    Optional<User> found = users.lock(id);
    if (found.isEmpty()) {
      return new Result.UnknownUser();
    }
    User user = found.get();
    return switch (command.change()) {
      case GRANT -> changed(user, Stream.concat(user.roles().stream(), Stream.of(command.role())));
      case WITHDRAW ->
          command.role().equals(Role.ADMIN) && administrators.isLastActive(user)
              ? new Result.LastAdministrator()
              : changed(user, user.roles().stream().filter(role -> !role.equals(command.role())));
    };
  }

  private Result changed(User user, Stream<Role> roles) {
    Set<Role> changed = roles.collect(toUnmodifiableSet());
    users.changeRoles(user.id(), changed);
    return new Result.Changed(changed);
  }
}
