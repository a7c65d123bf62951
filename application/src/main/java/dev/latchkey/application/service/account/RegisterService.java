package dev.latchkey.application.service.account;

import dev.latchkey.application.port.in.account.Register;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.IssuedTokens.Outcome;
import dev.latchkey.application.port.out.Identifiers;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.PasswordHasher;
import dev.latchkey.application.port.out.account.PasswordHasher.Turn;
import dev.latchkey.application.port.out.account.Registrations;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.service.attempt.AttemptCounter;
import dev.latchkey.application.service.session.SessionStarter;
import dev.latchkey.application.service.session.SessionStarter.Started;
import dev.latchkey.application.service.session.SessionTokens;
import dev.latchkey.application.service.session.SessionTokens.Issuer;
import dev.latchkey.domain.attempt.AttemptKey;
import dev.latchkey.domain.attempt.AttemptLimit;
import dev.latchkey.domain.code.CodePurpose;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@link Register}: the password is hashed before the transaction begins, so that no connection
 * waits for it.
 */
public final class RegisterService implements Register {

  private final Transactions transactions;
  private final Users users;
  private final Identifiers identifiers;
  private final PasswordRules passwordRules;
  private final PasswordHasher hasher;
  private final SessionStarter sessionStarter;
  private final SessionTokens sessionTokens;
  private final AttemptCounter attempts;
  private final AttemptLimit limit;
  private final Registrations registrations;
  private final CodeMails codeMails;
  private final boolean verificationRequired;
  private final SecurityEvents events;
  private final InstantSource clock;

  /**
   * @param limit of registrations from one network
   * @param verificationRequired whether an account is opened once its address is verified, and not
   *     before
   */
  public RegisterService(
      Transactions transactions,
      Users users,
      Identifiers identifiers,
      PasswordRules passwordRules,
      PasswordHasher hasher,
      SessionStarter sessionStarter,
      SessionTokens sessionTokens,
      AttemptCounter attempts,
      AttemptLimit limit,
      Registrations registrations,
      CodeMails codeMails,
      boolean verificationRequired,
      SecurityEvents events,
      InstantSource clock) {
    this.transactions = transactions;
    this.users = users;
    this.identifiers = identifiers;
    this.passwordRules = passwordRules;
    this.hasher = hasher;
    this.sessionStarter = sessionStarter;
    this.sessionTokens = sessionTokens;
    this.attempts = attempts;
    this.limit = limit;
    this.registrations = registrations;
    this.codeMails = codeMails;
    this.verificationRequired = verificationRequired;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    if (command.binding() == null && sessionTokens.mustBind(command.clientId())) {
      return new Result.BindingRequired();
    }
    return passwordRules
        .judge(command.password(), command.username(), command.email())
        .map(RegisterService::refused)
        .orElseGet(() -> hashAndRegister(command));
  }

  private static Result refused(PasswordRules.Refusal refusal) {
    return switch (refusal) {
      case TOO_SIMILAR -> new Result.PasswordTooSimilar();
      case TOO_COMMON -> new Result.PasswordTooCommon();
      case BREACHED -> new Result.PasswordBreached();
    };
  }

  private Result hashAndRegister(Command command) {
    return hasher
        .admit(command.device().network(), turn -> register(command, turn))
        .orElseGet(Result.Overloaded::new);
  }

  /** Whoever has to wait anyway does not have a password hashed. */
  private Result register(Command command, Turn turn) {
    Duration delay = transactions.execute(() -> attempts.delay(limits(command), clock.instant()));
    return delay.isPositive()
        ? new Result.TooManyAttempts(delay)
        : register(command, turn.hash(command.password().password()));
  }

  private Map<AttemptKey, AttemptLimit> limits(Command command) {
    return Map.of(AttemptKey.registration(command.device().network()), limit);
  }

  private Result register(Command command, PasswordHash hash) {
    Instant now = clock.instant();
    User user = newUser(command, hash, now);
    Issuer issuer = sessionTokens.issuer();
    Added added = transactions.execute(() -> add(user, command, issuer, now));
    added.started().stream()
        .flatMap(started -> started.events(SecurityEvent.Registered::new, command.device(), now))
        .forEach(events::publish);
    return added.result();
  }

  private User newUser(Command command, PasswordHash hash, Instant now) {
    return new User(
        identifiers.newUserId(),
        command.username(),
        command.email(),
        null,
        hash,
        command.firstName(),
        command.lastName(),
        Set.of(Role.USER),
        UserStatus.ACTIVE,
        now);
  }

  /** Every registration counts, whatever becomes of it: what is taken is not to be tried out. */
  private Added add(User user, Command command, Issuer issuer, Instant now) {
    Duration delay = attempts.count(limits(command), now);
    return delay.isPositive()
        ? new Added(new Result.TooManyAttempts(delay), Optional.empty())
        : verificationRequired ? await(user, now) : addCounted(user, command, issuer, now);
  }

  /** The same is done for every address, so that nothing tells which have an account. */
  private Added await(User user, Instant now) {
    return switch (registrations.add(user, now.plus(CodePurpose.REGISTRATION.lifetime()))) {
      case USERNAME_TAKEN -> new Added(new Result.UsernameTaken(), Optional.empty());
      case EMAIL_TAKEN -> throw new IllegalStateException("an address may have several");
      case ADDED -> {
        codeMails.send(MailKind.REGISTRATION, user.email(), user.id(), now);
        yield new Added(new Result.VerificationRequired(), Optional.empty());
      }
    };
  }

  private Added addCounted(User user, Command command, Issuer issuer, Instant now) {
    return switch (users.add(user)) {
      case USERNAME_TAKEN -> new Added(new Result.UsernameTaken(), Optional.empty());
      case EMAIL_TAKEN -> new Added(new Result.EmailTaken(), Optional.empty());
      case ADDED -> {
        codeMails.send(MailKind.EMAIL_VERIFICATION, user.email(), user.id(), now);
        Started started =
            sessionStarter.start(
                user, command.clientId(), command.binding(), command.device(), now);
        IssuedTokens tokens =
            issuer.issue(user, started.session(), user.roles(), Outcome.ISSUED, now);
        yield new Added(new Result.Registered(user, tokens), Optional.of(started));
      }
    };
  }

  private record Added(Result result, Optional<Started> started) {}
}
