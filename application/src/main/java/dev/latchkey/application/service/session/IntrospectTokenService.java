package dev.latchkey.application.service.session;

import dev.latchkey.application.port.in.session.IntrospectToken;
import dev.latchkey.application.service.session.PresentedTokens.Access;
import dev.latchkey.application.service.session.PresentedTokens.Presented;
import dev.latchkey.application.service.session.PresentedTokens.Refresh;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.Leeway;
import dev.latchkey.domain.user.User;
import java.time.Instant;
import java.time.InstantSource;

/**
 * {@link IntrospectToken}: unlike a resource server that checks a token by itself, this one knows
 * the session, so that an ended session takes its access tokens with it at once.
 */
public final class IntrospectTokenService implements IntrospectToken {

  private final PresentedTokens presentedTokens;
  private final Leeway leeway;
  private final InstantSource clock;

  public IntrospectTokenService(
      PresentedTokens presentedTokens, Leeway leeway, InstantSource clock) {
    this.presentedTokens = presentedTokens;
    this.leeway = leeway;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    if (!command.caller().isConfidential()) {
      return new Result.NotAuthenticated();
    }
    if (!command.caller().mayIntrospect()) {
      return new Result.NotAllowed();
    }
    Instant now = clock.instant();
    return presentedTokens
        .find(command.token())
        .filter(presented -> isActive(presented, now) && presented.user().isActive())
        .map(IntrospectTokenService::active)
        .orElseGet(Result.Inactive::new);
  }

  private boolean isActive(Presented presented, Instant now) {
    return switch (presented) {
      case Access(AccessToken token, Session session, User _) ->
          session.isActive(now) && leeway.accepts(token, now);
      case Refresh(RefreshToken token, Session session, User _) -> token.isActive(session, now);
    };
  }

  private static Result active(Presented presented) {
    return switch (presented) {
      case Access(AccessToken token, Session _, User _) -> new Result.ActiveAccessToken(token);
      case Refresh(RefreshToken _, Session session, User user) ->
          new Result.ActiveRefreshToken(session, user);
    };
  }
}
