package dev.latchkey.application.service;

import dev.latchkey.application.port.out.SecurityEvent;
import dev.latchkey.application.port.out.SecurityEvents;
import dev.latchkey.application.service.SessionStarter.Started;
import dev.latchkey.domain.session.ClientFacts;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells the security events of one execution: all at the same time and from the same client. */
record Announcements(SecurityEvents events, ClientFacts client, Instant now) {

  void started(SecurityEvent.Type type, Started started) {
    started.superseded().forEach(session -> of(SecurityEvent.Type.SESSION_SUPERSEDED, session));
    of(type, started.session());
  }

  void of(SecurityEvent.Type type, Session session) {
    events.publish(new SecurityEvent(type, session.userId(), session.id(), null, client.address(), now));
  }

  /** An exchange; without a session if it is not proven that there is one. */
  void exchange(SecurityEvent.Type type, @Nullable Session session, @Nullable Integer generationsBehind) {
    events.publish(
        new SecurityEvent(
            type,
            session == null ? null : session.userId(),
            session == null ? null : session.id(),
            generationsBehind,
            client.address(),
            now));
  }

  /**
   * A log-in that was refused.
   *
   * @param tried whose account it was tried on; empty if there is no such account
   */
  void refusedLogin(Optional<UserId> tried) {
    UserId userId = tried.orElse(null);
    events.publish(
        new SecurityEvent(SecurityEvent.Type.LOGIN_REFUSED, userId, null, null, client.address(), now));
  }

  /** Somebody who is not proven to be anybody. */
  void anonymous(SecurityEvent.Type type) {
    exchange(type, null, null);
  }
}
