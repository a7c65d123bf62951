package dev.latchkey.application.service.account;

import dev.latchkey.application.port.in.account.StartPasswordReset;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.service.mail.MailWriter;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** {@link StartPasswordReset}. */
public final class StartPasswordResetService implements StartPasswordReset {

  private final Transactions transactions;
  private final Users users;
  private final MailWriter mail;
  private final SecurityEvents events;
  private final InstantSource clock;

  public StartPasswordResetService(
      Transactions transactions,
      Users users,
      MailWriter mail,
      SecurityEvents events,
      InstantSource clock) {
    this.transactions = transactions;
    this.users = users;
    this.mail = mail;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    if (!mail.isOn()) {
      return new Result.MailOff();
    }
    Instant now = clock.instant();
    Result result = transactions.execute(() -> start(command, now));
    if (result instanceof Result.Started(UserId user)) {
      events.publish(new SecurityEvent.PasswordResetStarted(command.actor(), user, now));
    }
    return result;
  }

  private Result start(Command command, Instant now) {
    Optional<User> found = users.findByUsername(command.username());
    if (found.isEmpty()) {
      return new Result.UnknownUser();
    }
    User user = found.get();
    if (!user.isActive()) {
      return new Result.Disabled();
    }
    mail.code(MailKind.PASSWORD_RESET, user.email(), user.id(), now);
    return new Result.Started(user.id());
  }
}
