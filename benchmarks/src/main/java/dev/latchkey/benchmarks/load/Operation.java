package dev.latchkey.benchmarks.load;

import java.io.IOException;

/** What a virtual user does again and again. */
public enum Operation implements Action<VirtualUser> {
  /** What the HTTP server allows. */
  EMPTY_POST("an empty JSON POST", VirtualUser::postNothing),
  EXCHANGE("POST /api/auth/refresh", VirtualUser::exchange),
  BOUND_EXCHANGE("the same of a bound session, with a proof", VirtualUser::exchange),
  WHO_AM_I("GET /api/accounts/me", VirtualUser::whoAmI),
  INTROSPECTION("POST /oauth2/introspect", VirtualUser::introspect),
  KEYS("GET /.well-known/jwks.json", VirtualUser::keys),
  LOGIN("POST /api/auth/login", VirtualUser::logIn),
  LOGIN_AND_LOGOUT("the same, then POST /api/auth/revoke", VirtualUser::logInAndOut),
  REGISTRATION("POST /api/accounts", VirtualUser::registerAnother);

  private final String request;
  private final Action<VirtualUser> action;

  Operation(String request, Action<VirtualUser> action) {
    this.request = request;
    this.action = action;
  }

  @Override
  public void perform(VirtualUser user) throws IOException {
    action.perform(user);
  }

  /** Whether the session of each user is to be bound to a key (RFC 9449). */
  public boolean needsBoundSessions() {
    return this == BOUND_EXCHANGE;
  }

  /** The request line of it. */
  public String request() {
    return request;
  }
}
