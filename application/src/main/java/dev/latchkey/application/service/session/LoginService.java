package dev.latchkey.application.service.session;

import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.IssuedTokens.Outcome;
import dev.latchkey.application.port.in.session.Login;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.PasswordHasher;
import dev.latchkey.application.port.out.account.PasswordHasher.Turn;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.service.session.SessionStarter.Started;
import dev.latchkey.application.service.session.SessionTokens.Issuer;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.Username;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@link Login}: a log-in that names nobody is compared all the same, so that its time tells
 * nothing. The comparison takes long; it is made between two transactions, so that no connection
 * waits for it, and the second one reads the user again.
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
    return hasher
        .admit(command.device().network(), turn -> compare(command, turn))
        .map(compared -> conclude(compared, command))
        .orElseGet(Result.Overloaded::new);
  }

  private Compared compare(Command command, Turn turn) {
    Found found =
        transactions.execute(
            () -> new Found(find(command.login()), users.passwordHashOfEachCost()));
    Optional<User> user = found.user();
    return switch (turn.compare(command.password(), user.map(User::passwordHash), found.inUse())) {
      case MISMATCH -> new Compared(user, false, Optional.empty());
      case MATCH -> new Compared(user, true, Optional.empty());
      case OUTDATED_MATCH -> new Compared(user, true, Optional.of(turn.hash(command.password())));
    };
  }

  /** No user name looks like an e-mail address, so a login can only be meant as one of them. */
  private Optional<User> find(String login) {
    Optional<EmailAddress> email = EmailAddress.parse(login).valid();
    return email.isPresent()
        ? email.flatMap(users::findByEmail)
        : Username.parse(login).valid().flatMap(users::findByUsername);
  }

  private Result conclude(Compared compared, Command command) {
    Instant now = clock.instant();
    Issuer issuer = sessionTokens.issuer();
    Optional<LoggedIn> loggedIn = transactions.execute(() -> logIn(compared, command, issuer, now));
    eventsOf(loggedIn, compared, command.device(), now).forEach(events::publish);
    return loggedIn
        .<Result>map(session -> new Result.LoggedIn(session.tokens()))
        .orElseGet(Result.InvalidCredentials::new);
  }

  private static Stream<SecurityEvent> eventsOf(
      Optional<LoggedIn> loggedIn, Compared compared, Device device, Instant now) {
    return loggedIn
        .map(session -> session.started().events(SecurityEvent.LoggedIn::new, device, now))
        .orElseGet(
            () ->
                Stream.of(
                    new SecurityEvent.LoginRefused(compared.user().map(User::id), device, now)));
  }

  /**
   * Nothing if the password does not match, or the user was disabled or got another password
   * meanwhile.
   */
  private Optional<LoggedIn> logIn(Compared compared, Command command, Issuer issuer, Instant now) {
    return compared
        .user()
        .filter(_ -> compared.matches())
        .flatMap(
            before ->
                users
                    .find(before.id())
                    .filter(
                        user ->
                            user.isActive() && user.passwordHash().equals(before.passwordHash())))
        .map(
            user -> {
              compared
                  .renewed()
                  .ifPresent(
                      hash -> users.replacePasswordHash(user.id(), user.passwordHash(), hash));
              return startSession(user, command, issuer, now);
            });
  }

  private LoggedIn startSession(User user, Command command, Issuer issuer, Instant now) {
    Started started = sessionStarter.start(user, command.clientId(), command.device(), now);
    return new LoggedIn(
        started, issuer.issue(user, started.session(), user.roles(), Outcome.ISSUED, now));
  }

  private record Found(Optional<User> user, List<PasswordHash> inUse) {}

  /**
   * What the password says about the login.
   *
   * @param user whom the login names
   * @param renewed the hash to replace an outdated one with
   */
  private record Compared(Optional<User> user, boolean matches, Optional<PasswordHash> renewed) {}

  private record LoggedIn(Started started, IssuedTokens tokens) {}
}
