package dev.latchkey.domain.session;

/** The outcome of an exchange; each case carries the session as it is to be from now on. */
public sealed interface ExchangeDecision {

  /** The token was the current one: {@code session} has its successor as the current one. */
  record Rotated(Session session) implements ExchangeDecision {}

  /**
   * The answer to this very exchange was given before: give the same one again. Nothing changes.
   */
  record Retried(Session session) implements ExchangeDecision {}

  /**
   * The token had been spent and this is no retry: somebody may have a copy of it. {@code session}
   * is revoked by {@code revocation}.
   */
  record ReuseDetected(Session session, Revocation revocation) implements ExchangeDecision {}

  /** The session had been revoked before. Nothing changes. */
  record RefusedRevoked(Session session) implements ExchangeDecision {}

  /** The session has reached its idle or absolute end. Nothing changes. */
  record RefusedExpired(Session session) implements ExchangeDecision {}

  /**
   * The session is bound, and the caller did not prove its key. Nothing changes, whatever token it
   * has: without the key nobody can use the session, nor end it.
   */
  record RefusedUnproven(Session session) implements ExchangeDecision {}

  /**
   * The proof may be older than the current token, so it may be a copy of the one that the last
   * rotation came with. Nothing changes; the caller is to prove the key anew.
   */
  record RefusedStaleProof(Session session) implements ExchangeDecision {}
}
