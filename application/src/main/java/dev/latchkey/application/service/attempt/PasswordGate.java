package dev.latchkey.application.service.attempt;

import dev.latchkey.application.port.out.account.PasswordHasher;
import dev.latchkey.application.port.out.account.PasswordHasher.Turn;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.attempt.AttemptCounts;
import dev.latchkey.application.port.out.attempt.Digests;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.application.service.attempt.Guess.Claim;
import dev.latchkey.domain.attempt.AttemptCount;
import dev.latchkey.domain.attempt.AttemptKey;
import dev.latchkey.domain.attempt.AttemptPolicy;
import dev.latchkey.domain.session.ClientNetwork;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Checks passwords, and counts those that are wrong. Strangers share the guesses at an account; a
 * device or a network that the account is known to use has guesses of its own, so that whoever uses
 * up the strangers' does not delay the owner.
 *
 * <p>A check has two parts, since hashing takes long and no connection should wait for it: {@link
 * #compare}, and then, in the transaction of whatever the password is asked for, {@link #conclude}.
 * Only what is concluded counts as tried: of many guesses made at once, those beyond the limit
 * learn nothing, not even the right one. A login that names nobody is treated in every way like one
 * that does.
 */
public final class PasswordGate {

  private final Users users;
  private final Sessions sessions;
  private final PasswordHasher hasher;
  private final AttemptCounts counts;
  private final AttemptCounter counter;
  private final Digests digests;
  private final AttemptPolicy policy;
  private final InstantSource clock;

  public PasswordGate(
      Users users,
      Sessions sessions,
      PasswordHasher hasher,
      AttemptCounts counts,
      Digests digests,
      AttemptPolicy policy,
      InstantSource clock) {
    this.users = users;
    this.sessions = sessions;
    this.hasher = hasher;
    this.counts = counts;
    this.counter = new AttemptCounter(counts);
    this.digests = digests;
    this.policy = policy;
    this.clock = clock;
  }

  /** To be called outside of transactions. */
  public Tried compare(Guess guess) {
    return hasher
        .admit(guess.network(), turn -> compare(guess, turn))
        .orElseGet(Tried.Overloaded::new);
  }

  private Tried compare(Guess guess, Turn turn) {
    Instant now = clock.instant();
    Found found = find(guess, now);
    Optional<User> user = found.user();
    if (found.delay().isPositive()) {
      return new Tried.TooManyAttempts(found.delay(), user.map(User::id));
    }
    return switch (turn.compare(guess.password(), user.map(User::passwordHash), found.inUse())) {
      case MISMATCH -> new Tried.Compared(user, found.origin(), false, Optional.empty());
      case MATCH -> new Tried.Compared(user, found.origin(), true, Optional.empty());
      case OUTDATED_MATCH ->
          new Tried.Compared(user, found.origin(), true, Optional.of(turn.hash(guess.password())));
    };
  }

  private Found find(Guess guess, Instant now) {
    Optional<User> user = find(guess.claim());
    UUID login = loginOf(guess.claim(), user);
    UserId subject = user.map(User::id).orElseGet(() -> new UserId(login));
    Optional<AttemptKey> device =
        user.flatMap(found -> deviceOf(guess.claim(), found)).map(AttemptKey::device);
    AttemptKey knownNetwork = AttemptKey.loginFrom(login, guess.network());
    var unknown =
        new Origin.Unknown(
            AttemptKey.login(login),
            AttemptKey.account(subject),
            AttemptKey.network(guess.network()),
            policy);
    Map<AttemptKey, AttemptCount> tried =
        counts.find(
            Stream.of(device.stream(), Stream.of(knownNetwork), unknown.limits().keySet().stream())
                .flatMap(keys -> keys)
                .toList());
    Origin origin =
        device
            .filter(key -> !policy.isUsedUp(tried.get(key)))
            .or(() -> ifKnown(knownNetwork, subject, guess.network(), tried, now))
            .<Origin>map(key -> Origin.Known.by(key, policy))
            .orElse(unknown);
    return new Found(
        user,
        origin,
        AttemptCounter.delay(origin.limits(), tried, now),
        users.passwordHashOfEachCost());
  }

  private Optional<AttemptKey> ifKnown(
      AttemptKey key,
      UserId subject,
      ClientNetwork network,
      Map<AttemptKey, AttemptCount> tried,
      Instant now) {
    boolean known = sessions.existsFrom(network, subject, now.minus(policy.knownNetwork()));
    return Optional.of(key).filter(_ -> known && !policy.isUsedUp(tried.get(key)));
  }

  private Optional<User> find(Claim claim) {
    return switch (claim) {
      case Claim.ByLogin byLogin -> findByLogin(byLogin.login());
      case Claim.BySession bySession -> users.find(bySession.user());
    };
  }

  /** No user name looks like an e-mail address, so a login can only be meant as one of them. */
  private Optional<User> findByLogin(String login) {
    Optional<EmailAddress> email = EmailAddress.parse(login).valid();
    return email.isPresent()
        ? email.flatMap(users::findByEmail)
        : Username.parse(login).valid().flatMap(users::findByUsername);
  }

  private UUID loginOf(Claim claim, Optional<User> user) {
    return switch (claim) {
      case Claim.ByLogin byLogin -> digestOf(byLogin.login());
      case Claim.BySession bySession ->
          user.map(found -> digestOf(found.username().text())).orElse(bySession.user().value());
    };
  }

  private UUID digestOf(String login) {
    return digests.of(login.toLowerCase(Locale.ROOT));
  }

  private static Optional<SessionId> deviceOf(Claim claim, User user) {
    return switch (claim) {
      case Claim.ByLogin byLogin -> byLogin.device().apply(user);
      case Claim.BySession bySession -> Optional.of(bySession.session());
    };
  }

  /** To be called in the transaction that does what the password is asked for. */
  public Verdict conclude(Tried.Compared compared, Instant now) {
    Origin origin = compared.origin();
    Optional<User> proven =
        compared.user().filter(_ -> compared.matches()).flatMap(this::lockIfUnchanged);
    Map<AttemptKey, AttemptCount> tried = counts.find(origin.limits().keySet());
    return proven.isPresent() && !origin.isClosed(tried)
        ? admit(proven.get(), compared, tried, now)
        : refuse(compared, now);
  }

  /** Nothing if the user was disabled, deleted or got another password since the comparison. */
  private Optional<User> lockIfUnchanged(User before) {
    return users
        .lock(before.id())
        .filter(user -> user.isActive() && user.passwordHash().equals(before.passwordHash()));
  }

  private Verdict admit(
      User user, Tried.Compared compared, Map<AttemptKey, AttemptCount> tried, Instant now) {
    Origin origin = compared.origin();
    Duration delay = AttemptCounter.delay(origin.limits(), tried, now);
    if (delay.isPositive()) {
      return new Verdict.TooManyAttempts(delay, Optional.of(user.id()));
    }
    Set<AttemptKey> ended = new HashSet<>(origin.endedBySuccess());
    ended.retainAll(tried.keySet());
    // Nothing is written where nothing was wrong before.
    if (!ended.isEmpty()) {
      counts.clear(ended);
    }
    compared
        .renewed()
        .ifPresent(hash -> users.replacePasswordHash(user.id(), user.passwordHash(), hash));
    return new Verdict.Proven(user, origin instanceof Origin.Known);
  }

  private Verdict refuse(Tried.Compared compared, Instant now) {
    Optional<UserId> user = compared.user().map(User::id);
    Duration delay = counter.count(compared.origin().limits(), now);
    if (delay.isPositive()) {
      return new Verdict.TooManyAttempts(delay, user);
    }
    // Also for a login that names nobody, which would be refused sooner otherwise.
    boolean closed = hasJustClosed(compared.origin());
    return new Verdict.Wrong(user, user.isPresent() && closed);
  }

  private boolean hasJustClosed(Origin origin) {
    return switch (origin) {
      case Origin.Known _ -> false;
      case Origin.Unknown unknown -> {
        AttemptCount count = counts.find(Set.of(unknown.account())).get(unknown.account());
        yield count != null && count.count() == policy.failuresToClose();
      }
    };
  }

  /**
   * Opens an account again to unknown devices, and forgets what was wrong by either of its names.
   * To be called in a transaction.
   */
  public void reopen(User user) {
    counts.clear(
        Set.of(
            AttemptKey.account(user.id()),
            AttemptKey.login(digestOf(user.username().text())),
            AttemptKey.login(digestOf(user.email().text()))));
  }

  /** How many wrong passwords there were in a row from unknown devices. */
  public int failuresOf(User user) {
    return tried(user).map(AttemptCount::count).orElse(0);
  }

  /** Whether unknown devices cannot log in to the account. */
  public boolean isClosed(User user) {
    return tried(user).filter(policy::isUsedUp).isPresent();
  }

  private Optional<AttemptCount> tried(User user) {
    AttemptKey account = AttemptKey.account(user.id());
    return Optional.ofNullable(counts.find(Set.of(account)).get(account));
  }

  private record Found(
      Optional<User> user, Origin origin, Duration delay, List<PasswordHash> inUse) {}
}
