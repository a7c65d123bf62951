package dev.latchkey.adapters.web.account;

import dev.latchkey.adapters.web.auth.TokensResponse;
import dev.latchkey.adapters.web.browser.RefreshTokenTransport;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.domain.user.User;
import io.swagger.v3.oas.annotations.media.Schema;

/** A new account, logged in. */
@Schema(name = "Registration")
record RegistrationResponse(AccountResponse account, TokensResponse tokens) {

  static RegistrationResponse of(User user, IssuedTokens tokens, RefreshTokenTransport transport) {
    return new RegistrationResponse(AccountResponse.of(user), TokensResponse.of(tokens, transport));
  }
}
