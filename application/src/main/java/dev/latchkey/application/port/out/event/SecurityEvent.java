package dev.latchkey.application.port.out.event;

import dev.latchkey.application.port.Actor;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to an account, a session or the service's keys, and that its owner or an
 * operator may want to know about. It never contains a token or a password.
 *
 * <p>Each case is a {@link Routine}, a {@link Notice} or an {@link Alarm}, and says itself what it
 * is about.
 */
public sealed interface SecurityEvent {

  Instant at();

  /** What happens to every session every few minutes, as it should. */
  sealed interface Routine extends SecurityEvent {}

  /** Part of normal life, refusals included. */
  sealed interface Notice extends SecurityEvent {}

  /** Points to theft, or to a wrong clock: somebody should look. */
  sealed interface Alarm extends SecurityEvent {}

  /** A session, and the device that asked for what happened to it. */
  record Concerned(UserId userId, SessionId sessionId, Device device, Instant at) {

    public static Concerned of(Session session, Device device, Instant at) {
      return new Concerned(session.userId(), session.id(), device, at);
    }
  }

  /** An event of one session. */
  sealed interface OfSession extends SecurityEvent {

    Concerned concerned();

    @Override
    default Instant at() {
      return concerned().at();
    }
  }

  /** An account was opened, with its first session. */
  record Registered(Concerned concerned) implements Notice, OfSession {}

  record LoggedIn(Concerned concerned) implements Notice, OfSession {}

  /** Its user ended it. */
  record SessionRevoked(Concerned concerned) implements Notice, OfSession {}

  /** It gave way to a new session, because of the limit. */
  record SessionSuperseded(Concerned concerned) implements Notice, OfSession {}

  /** Its device logged in anew. */
  record SessionReplaced(Concerned concerned) implements Notice, OfSession {}

  /** A client tried to end the session of another one. */
  record RevocationOtherClient(Concerned concerned) implements Alarm, OfSession {}

  /** Somebody tried to end a bound session with a token, and without its key. */
  record RevocationUnproven(Concerned concerned) implements Alarm, OfSession {}

  /** An authentic refresh token was presented for an exchange. */
  sealed interface Exchange extends OfSession {

    /** How many generations the token is behind the current one; negative if it is ahead. */
    int generationsBehind();
  }

  record ExchangeRotated(Concerned concerned, int generationsBehind) implements Routine, Exchange {}

  record ExchangeRetried(Concerned concerned, int generationsBehind) implements Notice, Exchange {}

  record ExchangeExpired(Concerned concerned, int generationsBehind) implements Notice, Exchange {}

  record ExchangeRevoked(Concerned concerned, int generationsBehind) implements Notice, Exchange {}

  record ExchangeReuseDetected(Concerned concerned, int generationsBehind)
      implements Alarm, Exchange {}

  record ExchangeOvertaken(Concerned concerned, int generationsBehind)
      implements Notice, Exchange {}

  record ExchangeAccessTokenMismatch(Concerned concerned, int generationsBehind)
      implements Alarm, Exchange {}

  record ExchangeTooEarly(Concerned concerned, int generationsBehind) implements Notice, Exchange {}

  record ExchangeOtherClient(Concerned concerned, int generationsBehind)
      implements Alarm, Exchange {}

  /** Somebody has a token of a bound session and not its key: it was stolen, or the key is lost. */
  record ExchangeUnproven(Concerned concerned, int generationsBehind) implements Alarm, Exchange {}

  record ExchangeStaleProof(Concerned concerned, int generationsBehind)
      implements Notice, Exchange {}

  record ExchangeScopeTooWide(Concerned concerned, int generationsBehind)
      implements Notice, Exchange {}

  /** What was presented for an exchange is not a refresh token of ours. */
  record ExchangeUnknown(Device device, Instant at) implements Notice {}

  /**
   * A log-in was refused.
   *
   * @param tried whose account it was tried on; empty if there is no such account
   */
  record LoginRefused(Optional<UserId> tried, Device device, Instant at) implements Notice {}

  /**
   * A password was not looked at, as too many before it were wrong.
   *
   * @param tried whose account it was tried on; empty if there is no such account
   */
  record LoginDelayed(Optional<UserId> tried, Device device, Instant at) implements Notice {}

  /**
   * Too many wrong passwords in a row: unknown devices cannot log in to the account any more.
   *
   * @param device that sent the last of them
   */
  record AccountClosed(UserId userId, Device device, Instant at) implements Alarm {}

  /**
   * A client did not authenticate, or is not known.
   *
   * @param clientId that it named
   */
  record ClientRefused(ClientId clientId, Device device, Instant at) implements Notice {}

  /** An account was opened, once its address was verified. */
  record AccountOpened(UserId userId, Device device, Instant at) implements Notice, OfAccount {}

  /** Something happened to an account; who did it had a session, a code, or the password. */
  sealed interface OfAccount extends SecurityEvent {

    UserId userId();

    Device device();
  }

  record PasswordChanged(UserId userId, Device device, Instant at) implements Notice, OfAccount {}

  /** The same by a mailed code. */
  record PasswordReset(UserId userId, Device device, Instant at) implements Notice, OfAccount {}

  record EmailVerified(UserId userId, Device device, Instant at) implements Notice, OfAccount {}

  record EmailChanged(UserId userId, Device device, Instant at) implements Notice, OfAccount {}

  record AccountDeleted(UserId userId, Device device, Instant at) implements Notice, OfAccount {}

  /** The user of a session did not know the password that was asked for once more. */
  record PasswordRefused(UserId userId, Device device, Instant at) implements Notice, OfAccount {}

  /** What was presented as a mailed code is none, or serves another purpose, or has expired. */
  record CodeRefused(Device device, Instant at) implements Notice {}

  /** An operator or an administrator did something to an account. */
  sealed interface Administration extends SecurityEvent {

    Actor actor();

    UserId userId();
  }

  record AccountDisabled(Actor actor, UserId userId, Instant at)
      implements Notice, Administration {}

  record AccountEnabled(Actor actor, UserId userId, Instant at) implements Notice, Administration {}

  record AccountReopened(Actor actor, UserId userId, Instant at)
      implements Notice, Administration {}

  record SessionsEnded(Actor actor, UserId userId, Instant at) implements Notice, Administration {}

  record PasswordResetStarted(Actor actor, UserId userId, Instant at)
      implements Notice, Administration {}

  /**
   * A mail could not be sent for a day.
   *
   * @param owner the user that it is about, if that was known
   */
  record MailGivenUp(MailKind kind, Optional<UserId> owner, Instant at) implements Alarm {}

  /**
   * A request was refused because its access token is missing or not valid, or does not permit it.
   *
   * @param userId of the token, if it is valid
   * @param reason the code of the refusal, for example {@code insufficient_scope}
   */
  record AccessRefused(Optional<UserId> userId, String reason, Device device, Instant at)
      implements Notice {}

  /** A user has one role more or less. */
  sealed interface RoleChange extends SecurityEvent {

    Actor actor();

    UserId userId();

    Role role();
  }

  record RoleGranted(Actor actor, UserId userId, Role role, Instant at)
      implements Notice, RoleChange {}

  record RoleWithdrawn(Actor actor, UserId userId, Role role, Instant at)
      implements Notice, RoleChange {}

  /**
   * @param actor who asked for it; empty if it was due
   */
  record SigningKeyAdded(Optional<Actor> actor, int number, Instant at) implements Notice {}

  /**
   * A signing key that is new in the store does not open with the master keys of this node, which
   * goes on without it: somebody wrote it without them, or this node lacks a new one.
   */
  record SigningKeyUnusable(int number, Instant at) implements Alarm {}

  /** From now on nothing is deleted or erased, and no key is added by itself. */
  record TimeDistrusted(Instant at) implements Alarm {}

  /** The time can be relied on again. */
  record TimeTrustedAgain(Instant at) implements Alarm {}
}
