package dev.latchkey.application.service.session;

import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.IssuedTokens.Outcome;
import dev.latchkey.application.port.in.session.Login;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvent.Concerned;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.application.service.attempt.Guess;
import dev.latchkey.application.service.attempt.PasswordGate;
import dev.latchkey.application.service.attempt.Tried;
import dev.latchkey.application.service.attempt.Verdict;
import dev.latchkey.application.service.mail.MailWriter;
import dev.latchkey.application.service.session.SessionStarter.Started;
import dev.latchkey.application.service.session.SessionTokens.Issuer;
import dev.latchkey.domain.session.Binding;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@link Login}: what the password proves is for the gate to say. It is compared between two
 * transactions; the second one concludes and starts the session.
 */
public final class LoginService implements Login {

  private final Transactions transactions;
  private final PasswordGate gate;
  private final Sessions sessions;
  private final PresentedTokens presentedTokens;
  private final SessionStarter sessionStarter;
  private final SessionTokens sessionTokens;
  private final MailWriter mail;
  private final SecurityEvents events;
  private final InstantSource clock;

  public LoginService(
      Transactions transactions,
      PasswordGate gate,
      Sessions sessions,
      PresentedTokens presentedTokens,
      SessionStarter sessionStarter,
      SessionTokens sessionTokens,
      MailWriter mail,
      SecurityEvents events,
      InstantSource clock) {
    this.transactions = transactions;
    this.gate = gate;
    this.sessions = sessions;
    this.presentedTokens = presentedTokens;
    this.sessionStarter = sessionStarter;
    this.sessionTokens = sessionTokens;
    this.mail = mail;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    if (command.binding() == null && sessionTokens.mustBind(command.clientId())) {
      return new Result.BindingRequired();
    }
    return switch (gate.compare(guess(command))) {
      case Tried.Compared compared -> conclude(compared, command);
      case Tried.TooManyAttempts(Duration delay, Optional<UserId> user) -> {
        events.publish(new SecurityEvent.LoginDelayed(user, command.device(), clock.instant()));
        yield new Result.TooManyAttempts(delay);
      }
      case Tried.Overloaded() -> new Result.Overloaded();
    };
  }

  private Guess guess(Command command) {
    var claim =
        new Guess.Claim.ByLogin(
            command.login(), user -> earlierSession(command, user).map(Session::id));
    return new Guess(claim, command.password(), command.device().network());
  }

  /**
   * Of this user; a token of anybody else's proves nothing, and a bound one nothing without its
   * key.
   */
  private Optional<Session> earlierSession(Command command, User user) {
    return Optional.ofNullable(command.earlierToken())
        .flatMap(presentedTokens::findSession)
        .filter(session -> session.userId().equals(user.id()))
        .filter(session -> isProven(session.binding(), command.binding()));
  }

  private static boolean isProven(@Nullable Binding earlier, @Nullable Binding now) {
    return earlier == null || earlier.isProvenBy(now == null ? null : now.key());
  }

  private Result conclude(Tried.Compared compared, Command command) {
    Instant now = clock.instant();
    Issuer issuer = sessionTokens.issuer();
    Concluded concluded =
        transactions.execute(
            () ->
                switch (gate.conclude(compared, now)) {
                  case Verdict.Proven proven -> logIn(proven, command, issuer, now);
                  case Verdict.Wrong wrong -> refuse(wrong, compared, command, now);
                  case Verdict.TooManyAttempts(Duration delay, Optional<UserId> user) ->
                      new Concluded(
                          new Result.TooManyAttempts(delay),
                          Stream.of(new SecurityEvent.LoginDelayed(user, command.device(), now)));
                });
    concluded.events().forEach(events::publish);
    return concluded.result();
  }

  private Concluded logIn(Verdict.Proven proven, Command command, Issuer issuer, Instant now) {
    User user = proven.user();
    if (!proven.fromKnownOrigin()) {
      mail.notice(MailKind.NEW_DEVICE, user, command.device(), now);
    }
    Optional<Session> replaced =
        earlierSession(command, user)
            .filter(session -> session.clientId().equals(command.clientId()))
            .filter(session -> session.isActive(now))
            .filter(session -> end(session.id(), now));
    Started started =
        sessionStarter.start(user, command.clientId(), command.binding(), command.device(), now);
    IssuedTokens tokens = issuer.issue(user, started.session(), user.roles(), Outcome.ISSUED, now);
    return new Concluded(
        new Result.LoggedIn(tokens),
        Stream.concat(
            replaced.stream()
                .map(
                    gone ->
                        new SecurityEvent.SessionReplaced(
                            Concerned.of(gone, command.device(), now))),
            started.events(SecurityEvent.LoggedIn::new, command.device(), now)));
  }

  private boolean end(SessionId session, Instant now) {
    return sessions.revoke(session, new Revocation(now, Revocation.Reason.REPLACED));
  }

  private Concluded refuse(
      Verdict.Wrong wrong, Tried.Compared compared, Command command, Instant now) {
    var refused = new SecurityEvent.LoginRefused(wrong.user(), command.device(), now);
    Optional<User> closed = compared.user().filter(_ -> wrong.closed());
    closed.ifPresent(user -> mail.notice(MailKind.ACCOUNT_CLOSED, user, command.device(), now));
    return new Concluded(
        new Result.InvalidCredentials(),
        Stream.concat(
            Stream.of(refused),
            closed.stream()
                .map(user -> new SecurityEvent.AccountClosed(user.id(), command.device(), now))));
  }

  /**
   * A result, and what there is to announce once it is committed.
   *
   * @param events to be read once
   */
  private record Concluded(Result result, Stream<SecurityEvent> events) {}
}
