package dev.latchkey.application.service.account;

import dev.latchkey.application.port.in.account.EnableAccount;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserStatus;
import java.time.Instant;
import java.time.InstantSource;

/** {@link EnableAccount}. */
public final class EnableAccountService implements EnableAccount {

  private final Transactions transactions;
  private final Users users;
  private final SecurityEvents events;
  private final InstantSource clock;

  public EnableAccountService(
      Transactions transactions, Users users, SecurityEvents events, InstantSource clock) {
    this.transactions = transactions;
    this.users = users;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Instant now = clock.instant();
    return transactions
        .execute(() -> users.findByUsername(command.username()).map(this::enable))
        .<Result>map(
            user -> {
              events.publish(new SecurityEvent.AccountEnabled(command.actor(), user.id(), now));
              return new Result.Enabled();
            })
        .orElseGet(Result.UnknownUser::new);
  }

  private User enable(User user) {
    users.changeStatus(user.id(), UserStatus.ACTIVE);
    return user;
  }
}
