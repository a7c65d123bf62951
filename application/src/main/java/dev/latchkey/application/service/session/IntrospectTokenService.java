package dev.latchkey.application.service.session;

import dev.latchkey.application.port.in.session.IntrospectToken;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.service.session.PresentedTokens.Access;
import dev.latchkey.application.service.session.PresentedTokens.Presented;
import dev.latchkey.application.service.session.PresentedTokens.Reading;
import dev.latchkey.application.service.session.PresentedTokens.Refresh;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.Leeway;
import dev.latchkey.domain.user.User;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * {@link IntrospectToken}: unlike a resource server that checks a token by itself, this one knows
 * the session, so that an ended session takes its access tokens with it at once.
 */
public final class IntrospectTokenService implements IntrospectToken {

  private final Transactions transactions;
  private final Users users;
  private final PresentedTokens presentedTokens;
  private final Leeway leeway;
  private final InstantSource clock;

  public IntrospectTokenService(
      Transactions transactions,
      Users users,
      PresentedTokens presentedTokens,
      Leeway leeway,
      InstantSource clock) {
    this.transactions = transactions;
    this.users = users;
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
    Reading reading = presentedTokens.read(command.token());
    return transactions.execute(() -> introspect(reading, now)).orElseGet(Result.Inactive::new);
  }

  private Optional<Result> introspect(Reading reading, Instant now) {
    return presentedTokens
        .find(reading)
        .filter(presented -> isActive(presented, now))
        .flatMap(
            presented ->
                users
                    .find(presented.session().userId())
                    .filter(User::isActive)
                    .map(user -> active(presented, user)));
  }

  private boolean isActive(Presented presented, Instant now) {
    return switch (presented) {
      case Access(AccessToken token, Session session) ->
          session.isActive(now) && leeway.accepts(token, now);
      case Refresh(RefreshToken token, Session session) -> token.isActive(session, now);
    };
  }

  private static Result active(Presented presented, User user) {
    return switch (presented) {
      case Access(AccessToken token, Session _) -> new Result.ActiveAccessToken(token);
      case Refresh(RefreshToken _, Session session) -> new Result.ActiveRefreshToken(session, user);
    };
  }
}
