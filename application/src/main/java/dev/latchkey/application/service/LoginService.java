package dev.latchkey.application.service;

import dev.latchkey.application.port.in.IssuedTokens.Outcome;
import dev.latchkey.application.port.in.Login;
import dev.latchkey.application.port.out.PasswordHasher;
import dev.latchkey.application.port.out.SecurityEvent;
import dev.latchkey.application.port.out.SecurityEvents;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.Users;
import dev.latchkey.application.service.SessionStarter.Started;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.ClientFacts;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.Username;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * {@link Login}: a login that names nobody is compared all the same, so that its time tells nothing. The comparison is
 * made between two transactions, so that no connection waits for it.
 */
public final class LoginService implements Login {

  private final Transactions transactions;
  private final Users users;
  private final PasswordHasher hasher;
  private final SessionStarter sessionStarter;
  private final SessionTokens sessionTokens;
  private final SecurityEvents events;
  private final InstantSource clock;

  public LoginService(
      Transactions transactions,
      Users users,
      PasswordHasher hasher,
      SessionStarter sessionStarter,
      SessionTokens sessionTokens,
      SecurityEvents events,
      InstantSource clock) {
    this.transactions = transactions;
    this.users = users;
    this.hasher = hasher;
    this.sessionStarter = sessionStarter;
    this.sessionTokens = sessionTokens;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Optional<User> user = transactions.execute(() -> find(command.login()));
    return switch (hasher.compare(command.password(), user.map(User::passwordHash))) {
      case OVERLOADED -> new Result.Overloaded();
      case MISMATCH -> refuse(command.client());
      case MATCH ->
          user.filter(User::isActive)
              .map(found -> logIn(found, command.clientId(), command.client()))
              .orElseGet(() -> refuse(command.client()));
    };
  }

  /** No user name looks like an e-mail address, so a login can only be meant as one of them. */
  private Optional<User> find(String login) {
    if (EmailAddress.violationOf(login) == null) {
      return users.findByEmail(new EmailAddress(login));
    }
    if (Username.violationOf(login) == null) {
      return users.findByUsername(new Username(login));
    }
    return Optional.empty();
  }

  private Result logIn(User user, ClientId clientId, ClientFacts client) {
    Instant now = clock.instant();
    Started started = transactions.execute(() -> sessionStarter.start(user, clientId, client, now));
    new Announcements(events, client, now).started(SecurityEvent.Type.LOGGED_IN, started);
    return new Result.LoggedIn(sessionTokens.issue(user, started.session(), user.roles(), Outcome.ISSUED, now));
  }

  private Result refuse(ClientFacts client) {
    new Announcements(events, client, clock.instant()).anonymous(SecurityEvent.Type.LOGIN_REFUSED);
    return new Result.InvalidCredentials();
  }
}
