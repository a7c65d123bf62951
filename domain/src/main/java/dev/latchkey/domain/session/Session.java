package dev.latchkey.domain.session;

import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.session.IdempotencyKey.Hash;
import dev.latchkey.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One signed-in device: everything issued since one log-in, the family of its refresh tokens. Only
 * the latest of them is current; the others are recognised by their lower generation, however old
 * they are.
 *
 * @param clientId the client that it was started by, and that alone may exchange its refresh tokens
 *     (RFC 6749 §6)
 * @param generation of the current refresh token
 * @param masterKeyId that the current refresh token is derived with
 * @param startedAt when the user proved who they are (the {@code auth_time} claim)
 * @param rotatedAt when the current refresh token was first issued; the retry window is anchored
 *     here
 * @param idleExpiresAt the end unless there is an exchange before; never past {@code
 *     absoluteExpiresAt}
 * @param absoluteExpiresAt the end in any case
 * @param exchangeKey the hash of the idempotency key that the last exchange came with
 * @param device what is known of the device
 * @param binding to a key of the device; null if whoever has a token may use it
 */
public record Session(
    SessionId id,
    UserId userId,
    ClientId clientId,
    Generation generation,
    MasterKeyId masterKeyId,
    Salt salt,
    Instant startedAt,
    Instant rotatedAt,
    Instant idleExpiresAt,
    Instant absoluteExpiresAt,
    @Nullable Hash exchangeKey,
    Device device,
    @Nullable Binding binding,
    @Nullable Revocation revocation) {

  public Session {
    if (idleExpiresAt.isAfter(absoluteExpiresAt)) {
      throw new IllegalArgumentException("a session never idles past its absolute end");
    }
  }

  /** A new session, with a refresh token of the first generation. */
  public static Session start(
      SessionId id,
      UserId userId,
      ClientId clientId,
      Salt salt,
      MasterKeyId masterKeyId,
      Device device,
      @Nullable Binding binding,
      Instant now,
      SessionPolicy policy) {
    return new Session(
        id,
        userId,
        clientId,
        Generation.FIRST,
        masterKeyId,
        salt,
        now,
        now,
        now.plus(policy.idle()),
        now.plus(policy.absolute()),
        null,
        device,
        binding,
        null);
  }

  /** The refresh token that an exchange would rotate. */
  public RefreshToken currentToken() {
    return new RefreshToken(id, generation, masterKeyId);
  }

  public boolean isActive(Instant now) {
    return !isRevoked() && !isExpired(now);
  }

  public boolean isRevoked() {
    return revocation != null;
  }

  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt());
  }

  /** The end that comes first if there is no further exchange. */
  public Instant expiresAt() {
    return idleExpiresAt;
  }

  /** This session, ended; a session that was ended before keeps its first revocation. */
  public Session revoke(Revocation revocation) {
    return isRevoked()
        ? this
        : new Session(
            id,
            userId,
            clientId,
            generation,
            masterKeyId,
            salt,
            startedAt,
            rotatedAt,
            idleExpiresAt,
            absoluteExpiresAt,
            exchangeKey,
            device,
            binding,
            revocation);
  }

  /**
   * Decides what becomes of an exchange. This is the whole protocol of rotation: no clock, no store
   * and no lock takes part. A spent token is answered again while its successor is young (FAPI 2.0
   * Security Profile §5.3.2.1-9), and otherwise revokes the session (RFC 9700 §4.14.2).
   */
  public ExchangeDecision exchange(ExchangeAttempt attempt, Instant now, SessionPolicy policy) {
    Generation presented = attempt.presented().generation();
    if (isRevoked()) {
      return new ExchangeDecision.RefusedRevoked(this);
    }
    if (isExpired(now)) {
      return new ExchangeDecision.RefusedExpired(this);
    }
    if (!isOpenTo(attempt.keyProof())) {
      return new ExchangeDecision.RefusedUnproven(this);
    }
    // A token ahead of the session is authentic all the same: the store lost the latest exchanges
    // in a fail-over.
    if (presented.equals(generation) || presented.isAfter(generation)) {
      return isStale(attempt.keyProof())
          ? new ExchangeDecision.RefusedStaleProof(this)
          : new ExchangeDecision.Rotated(rotate(attempt, now, policy));
    }
    if (presented.isDirectlyBefore(generation)
        && (binding != null || isRetry(attempt.idempotencyKey(), now, policy))) {
      return new ExchangeDecision.Retried(this);
    }
    var theft = new Revocation(now, Revocation.Reason.REUSE_DETECTED);
    return new ExchangeDecision.ReuseDetected(revoke(theft), theft);
  }

  /** Whether whoever proved that key, or none, may exchange its tokens. */
  private boolean isOpenTo(@Nullable KeyProof proof) {
    return binding == null || binding.isProvenBy(proof == null ? null : proof.key());
  }

  /**
   * A copy of the proof that came with a rotation is older than what the rotation wrote: so one
   * proof makes one rotation, and no store has to remember it.
   */
  private boolean isStale(@Nullable KeyProof proof) {
    return binding != null && proof != null && proof.notBefore().isBefore(rotatedAt);
  }

  private boolean isRetry(@Nullable IdempotencyKey key, Instant now, SessionPolicy policy) {
    boolean sameKey = key != null && key.hash(salt).equals(exchangeKey);
    Duration window = sameKey ? policy.keyedRetryWindow() : policy.retryWindow();
    return now.isBefore(rotatedAt.plus(window));
  }

  private Session rotate(ExchangeAttempt attempt, Instant now, SessionPolicy policy) {
    IdempotencyKey key = attempt.idempotencyKey();
    return new Session(
        id,
        userId,
        clientId,
        attempt.presented().generation().next(),
        attempt.successorKeyId(),
        salt,
        startedAt,
        now,
        earlier(now.plus(policy.idle()), absoluteExpiresAt),
        absoluteExpiresAt,
        key == null ? null : key.hash(salt),
        device,
        binding,
        null);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
