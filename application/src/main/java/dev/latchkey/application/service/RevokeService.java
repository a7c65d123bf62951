package dev.latchkey.application.service;

import dev.latchkey.application.port.in.Revoke;
import dev.latchkey.application.port.out.RefreshTokens;
import dev.latchkey.application.port.out.Sessions;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.session.TokenText;
import java.time.InstantSource;
import java.util.Optional;

/** {@link Revoke}. */
public final class RevokeService implements Revoke {

  private final Transactions transactions;
  private final Sessions sessions;
  private final RefreshTokens refreshTokens;
  private final SessionTokens sessionTokens;
  private final InstantSource clock;

  public RevokeService(
      Transactions transactions,
      Sessions sessions,
      RefreshTokens refreshTokens,
      SessionTokens sessionTokens,
      InstantSource clock) {
    this.transactions = transactions;
    this.sessions = sessions;
    this.refreshTokens = refreshTokens;
    this.sessionTokens = sessionTokens;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    var revocation = new Revocation(clock.instant(), Revocation.Reason.LOGGED_OUT);
    return transactions.execute(
        () ->
            sessionOf(command.target()).filter(id -> sessions.revoke(id, revocation)).isPresent()
                ? new Result.Revoked()
                : new Result.NothingToRevoke());
  }

  private Optional<SessionId> sessionOf(Target target) {
    return switch (target) {
      case Target.OfSession(SessionId id) -> Optional.of(id);
      case Target.OfRefreshToken(TokenText text) -> refreshTokens.parse(text).flatMap(claimed -> proven(text, claimed));
    };
  }

  private Optional<SessionId> proven(TokenText text, RefreshToken claimed) {
    return sessions
        .find(claimed.sessionId())
        .filter(session -> sessionTokens.isAuthentic(text, claimed, session))
        .map(Session::id);
  }
}
