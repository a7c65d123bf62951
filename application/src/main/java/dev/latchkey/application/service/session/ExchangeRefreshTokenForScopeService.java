package dev.latchkey.application.service.session;

import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import dev.latchkey.application.port.in.session.ExchangeRefreshTokenForScope;
import dev.latchkey.application.service.session.ExchangeRefreshTokenService.Roles;
import dev.latchkey.domain.user.Role;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@link ExchangeRefreshTokenForScope}: the same exchange, with a limit to the roles. */
public final class ExchangeRefreshTokenForScopeService implements ExchangeRefreshTokenForScope {

  private final ExchangeRefreshTokenService exchange;

  public ExchangeRefreshTokenForScopeService(ExchangeRefreshTokenService exchange) {
    this.exchange = exchange;
  }

  @Override
  public Result execute(Command command) {
    return exchange.execute(command.exchange(), new RolesInScope(command.scope()));
  }

  private record RolesInScope(@Nullable Set<Role> scope) implements Roles<Result> {

    @Override
    public Result limit(
        Set<Role> permitted, Function<Set<Role>, ExchangeRefreshToken.Result.Exchanged> issue) {
      if (scope == null) {
        return issue.apply(permitted);
      }
      return permitted.containsAll(scope) ? issue.apply(scope) : new ScopeTooWide();
    }

    @Override
    public Result result(ExchangeRefreshToken.Result result) {
      return result;
    }
  }
}
