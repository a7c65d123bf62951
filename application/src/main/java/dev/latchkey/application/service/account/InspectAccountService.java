package dev.latchkey.application.service.account;

import dev.latchkey.application.port.in.account.InspectAccount;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.application.service.attempt.PasswordGate;
import dev.latchkey.domain.user.User;
import java.time.Instant;
import java.time.InstantSource;

/** {@link InspectAccount}. */
public final class InspectAccountService implements InspectAccount {

  private final Transactions transactions;
  private final Users users;
  private final Sessions sessions;
  private final PasswordGate gate;
  private final InstantSource clock;

  public InspectAccountService(
      Transactions transactions,
      Users users,
      Sessions sessions,
      PasswordGate gate,
      InstantSource clock) {
    this.transactions = transactions;
    this.users = users;
    this.sessions = sessions;
    this.gate = gate;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Instant now = clock.instant();
    return transactions.execute(
        () ->
            users
                .findByUsername(command.username())
                .<Result>map(user -> inspect(user, now))
                .orElseGet(Result.UnknownUser::new));
  }

  private Result inspect(User user, Instant now) {
    return new Result.Found(
        user, sessions.activeOf(user.id(), now), gate.failuresOf(user), gate.isClosed(user));
  }
}
