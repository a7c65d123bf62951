package dev.latchkey.application.port.in;

import dev.latchkey.domain.session.AccessToken;
import dev.latchkey.domain.session.TokenText;

/** Recognises the bearer of an access token (RFC 6750). */
public interface AuthenticateBearer {

  Result execute(Command command);

  record Command(TokenText accessToken) {}

  sealed interface Result {

    record Authenticated(AccessToken token) implements Result {}

    /** The token is one of ours, and its time is over. */
    record Expired() implements Result {}

    /** The token is not one of ours. */
    record Invalid() implements Result {}
  }
}
