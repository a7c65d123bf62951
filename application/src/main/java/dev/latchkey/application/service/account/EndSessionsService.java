package dev.latchkey.application.service.account;

import dev.latchkey.application.port.in.account.EndSessions;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.service.session.SessionEnder;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.user.User;
import java.time.Instant;
import java.time.InstantSource;

/** {@link EndSessions}. */
public final class EndSessionsService implements EndSessions {

  private final Transactions transactions;
  private final Users users;
  private final SessionEnder sessionEnder;
  private final SecurityEvents events;
  private final InstantSource clock;

  public EndSessionsService(
      Transactions transactions,
      Users users,
      SessionEnder sessionEnder,
      SecurityEvents events,
      InstantSource clock) {
    this.transactions = transactions;
    this.users = users;
    this.sessionEnder = sessionEnder;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Instant now = clock.instant();
    return users
        .findByUsername(command.username())
        .<Result>map(user -> end(user, command, now))
        .orElseGet(Result.UnknownUser::new);
  }

  private Result end(User user, Command command, Instant now) {
    int count =
        transactions.execute(
            () -> {
              users.lock(user.id());
              return sessionEnder.endAll(user.id(), Revocation.Reason.ENDED_BY_OPERATOR, now);
            });
    events.publish(new SecurityEvent.SessionsEnded(command.actor(), user.id(), now));
    return new Result.Ended(count);
  }
}
