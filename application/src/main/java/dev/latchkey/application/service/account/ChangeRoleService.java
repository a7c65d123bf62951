package dev.latchkey.application.service.account;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.latchkey.application.port.in.account.ChangeRole;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@link ChangeRole}: one change of a user at a time, so that none undoes another. */
public final class ChangeRoleService implements ChangeRole {

  private final Transactions transactions;
  private final Users users;
  private final SecurityEvents events;
  private final InstantSource clock;

  public ChangeRoleService(
      Transactions transactions, Users users, SecurityEvents events, InstantSource clock) {
    this.transactions = transactions;
    this.users = users;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Optional<User> changed =
        transactions.execute(
            () -> users.findByUsername(command.username()).map(user -> change(user, command)));
    changed.ifPresent(user -> events.publish(event(command, user)));
    return changed
        .<Result>map(user -> new Result.Changed(user.roles()))
        .orElseGet(Result.UnknownUser::new);
  }

  private SecurityEvent event(Command command, User user) {
    Instant now = clock.instant();
    return switch (command.change()) {
      case GRANT -> new SecurityEvent.RoleGranted(command.actor(), user.id(), command.role(), now);
      case WITHDRAW ->
          new SecurityEvent.RoleWithdrawn(command.actor(), user.id(), command.role(), now);
    };
  }

  private User change(User found, Command command) {
    users.lock(found.id());
    Set<Role> roles = users.find(found.id()).map(User::roles).orElse(Set.of());
    Set<Role> changed =
        switch (command.change()) {
          case GRANT ->
              Stream.concat(roles.stream(), Stream.of(command.role())).collect(toUnmodifiableSet());
          case WITHDRAW ->
              roles.stream()
                  .filter(role -> !role.equals(command.role()))
                  .collect(toUnmodifiableSet());
        };
    users.changeRoles(found.id(), changed);
    return found.withRoles(changed);
  }
}
