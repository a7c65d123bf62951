package dev.latchkey.application.port.in.session;

import dev.latchkey.domain.user.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@link ExchangeRefreshToken} by a client that may limit what the access token permits (RFC 6749
 * §6, {@code scope}).
 */
public interface ExchangeRefreshTokenForScope {

  Result execute(Command command);

  /**
   * @param scope the roles of the user that the access token is limited to; all of them if it is
   *     null
   */
  record Command(ExchangeRefreshToken.Command exchange, @Nullable Set<Role> scope) {}

  /** Those of {@link ExchangeRefreshToken}, and one more. */
  sealed interface Result permits ExchangeRefreshToken.Result, ScopeTooWide {}

  /** The scope has roles that the user has not, or that the client may not have; no change. */
  record ScopeTooWide() implements Result {}
}
