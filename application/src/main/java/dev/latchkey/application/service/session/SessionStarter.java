package dev.latchkey.application.service.session;

import dev.latchkey.application.port.out.Identifiers;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvent.Concerned;
import dev.latchkey.application.port.out.session.RefreshTokens;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Binding;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionLimit;
import dev.latchkey.domain.session.SessionPolicy;
import dev.latchkey.domain.user.User;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts a session; what registering and logging in have in common. */
public final class SessionStarter {

  private final Users users;
  private final Sessions sessions;
  private final Identifiers identifiers;
  private final RefreshTokens refreshTokens;
  private final SessionPolicy policy;
  private final SessionLimit limit;

  public SessionStarter(
      Users users,
      Sessions sessions,
      Identifiers identifiers,
      RefreshTokens refreshTokens,
      SessionPolicy policy,
      SessionLimit limit) {
    this.users = users;
    this.sessions = sessions;
    this.identifiers = identifiers;
    this.refreshTokens = refreshTokens;
    this.policy = policy;
    this.limit = limit;
  }

  /** To be called in a transaction. */
  public Started start(
      User user, ClientId clientId, @Nullable Binding binding, Device device, Instant now) {
    List<Session> superseded = makeRoom(user, now);
    Session session =
        Session.start(
            identifiers.newSessionId(),
            user.id(),
            clientId,
            identifiers.newSalt(),
            refreshTokens.currentKeyId(),
            device,
            binding,
            now,
            policy);
    sessions.add(session);
    return new Started(session, superseded);
  }

  /** Counting and ending belong together: log-ins of one user take turns here, and only here. */
  private List<Session> makeRoom(User user, Instant now) {
    if (limit.isNone()) {
      return List.of();
    }
    users.lock(user.id());
    List<Session> superseded = limit.superseded(sessions.activeOf(user.id(), now));
    superseded.forEach(
        session ->
            sessions.revoke(session.id(), new Revocation(now, Revocation.Reason.SUPERSEDED)));
    return superseded;
  }

  /** A new session, and those that gave way to it. */
  public record Started(Session session, List<Session> superseded) {

    /**
     * What there is to announce once it is committed, in the order in which it happened.
     *
     * @param reason what the session was started for
     */
    public Stream<SecurityEvent> events(
        Function<Concerned, SecurityEvent> reason, Device device, Instant now) {
      return Stream.concat(
          superseded.stream()
              .map(gone -> new SecurityEvent.SessionSuperseded(Concerned.of(gone, device, now))),
          Stream.of(reason.apply(Concerned.of(session, device, now))));
    }
  }
}
