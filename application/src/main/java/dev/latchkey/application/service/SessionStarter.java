package dev.latchkey.application.service;

import dev.latchkey.application.port.out.Identifiers;
import dev.latchkey.application.port.out.RefreshTokens;
import dev.latchkey.application.port.out.Sessions;
import dev.latchkey.domain.session.ClientFacts;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionPolicy;
import dev.latchkey.domain.user.User;
import java.time.Instant;

/** Starts a session; what registering and logging in have in common. */
public final class SessionStarter {

  private final Sessions sessions;
  private final Identifiers identifiers;
  private final RefreshTokens refreshTokens;
  private final SessionPolicy policy;

  public SessionStarter(
      Sessions sessions, Identifiers identifiers, RefreshTokens refreshTokens, SessionPolicy policy) {
    this.sessions = sessions;
    this.identifiers = identifiers;
    this.refreshTokens = refreshTokens;
    this.policy = policy;
  }

  Session start(User user, ClientFacts client, Instant now) {
    Session session =
        Session.start(
            identifiers.newSessionId(),
            user.id(),
            identifiers.newSalt(),
            refreshTokens.currentKeyId(),
            client,
            now,
            policy);
    sessions.add(session);
    return session;
  }
}
