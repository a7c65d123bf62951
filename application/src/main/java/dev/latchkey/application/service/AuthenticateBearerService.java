package dev.latchkey.application.service;

import dev.latchkey.application.port.in.AuthenticateBearer;
import dev.latchkey.application.port.out.AccessTokens;
import dev.latchkey.domain.session.AccessToken;
import dev.latchkey.domain.session.Leeway;
import java.time.Instant;
import java.time.InstantSource;

/** {@link AuthenticateBearer}: the token alone decides, as it does at any other resource server. */
public final class AuthenticateBearerService implements AuthenticateBearer {

  private final AccessTokens accessTokens;
  private final Leeway leeway;
  private final InstantSource clock;

  public AuthenticateBearerService(AccessTokens accessTokens, Leeway leeway, InstantSource clock) {
    this.accessTokens = accessTokens;
    this.leeway = leeway;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Instant now = clock.instant();
    return accessTokens.read(command.accessToken()).map(token -> judge(token, now)).orElseGet(Result.Invalid::new);
  }

  private Result judge(AccessToken token, Instant now) {
    if (leeway.isYetToComeFor(token, now)) {
      return new Result.Invalid();
    }
    return leeway.isOverFor(token, now) ? new Result.Expired() : new Result.Authenticated(token);
  }
}
