package dev.latchkey.application.service.account;

import dev.latchkey.application.port.in.account.ReopenAccount;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.service.attempt.PasswordGate;
import dev.latchkey.domain.user.User;
import java.time.Instant;
import java.time.InstantSource;

/** {@link ReopenAccount}. */
public final class ReopenAccountService implements ReopenAccount {

  private final Transactions transactions;
  private final Users users;
  private final PasswordGate gate;
  private final SecurityEvents events;
  private final InstantSource clock;

  public ReopenAccountService(
      Transactions transactions,
      Users users,
      PasswordGate gate,
      SecurityEvents events,
      InstantSource clock) {
    this.transactions = transactions;
    this.users = users;
    this.gate = gate;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Instant now = clock.instant();
    return transactions
        .execute(() -> users.findByUsername(command.username()).map(this::reopen))
        .<Result>map(
            user -> {
              events.publish(new SecurityEvent.AccountReopened(command.actor(), user.id(), now));
              return new Result.Reopened();
            })
        .orElseGet(Result.UnknownUser::new);
  }

  private User reopen(User user) {
    gate.reopen(user);
    return user;
  }
}
