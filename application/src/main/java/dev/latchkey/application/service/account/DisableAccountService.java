package dev.latchkey.application.service.account;

import dev.latchkey.application.port.in.account.DisableAccount;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.service.session.SessionEnder;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** {@link DisableAccount}. */
public final class DisableAccountService implements DisableAccount {

  private final Transactions transactions;
  private final Users users;
  private final Administrators administrators;
  private final SessionEnder sessionEnder;
  private final SecurityEvents events;
  private final InstantSource clock;

  public DisableAccountService(
      Transactions transactions,
      Users users,
      Administrators administrators,
      SessionEnder sessionEnder,
      SecurityEvents events,
      InstantSource clock) {
    this.transactions = transactions;
    this.users = users;
    this.administrators = administrators;
    this.sessionEnder = sessionEnder;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Instant now = clock.instant();
    Optional<User> found = users.findByUsername(command.username());
    if (found.isEmpty()) {
      return new Result.UnknownUser();
    }
    User user = found.get();
    if (!transactions.execute(() -> disable(user, now))) {
      return new Result.LastAdministrator();
    }
    events.publish(new SecurityEvent.AccountDisabled(command.actor(), user.id(), now));
    return new Result.Disabled();
  }

  private boolean disable(User user, Instant now) {
    users.lock(user.id());
    if (administrators.isLastActive(user)) {
      return false;
    }
    users.changeStatus(user.id(), UserStatus.DISABLED);
    sessionEnder.endAll(user.id(), Revocation.Reason.ACCOUNT_DISABLED, now);
    return true;
  }
}
