package dev.latchkey.application.service;

import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells the security events of one execution: all at the same time and from the same client. */
public record Announcements(SecurityEvents events, Device device, Instant now) {

  public void of(SecurityEvent.Type type, Session session) {
    events.publish(
        new SecurityEvent(type, session.userId(), session.id(), null, device.address(), now));
  }

  /** An exchange; without a session if it is not proven that there is one. */
  public void exchange(
      SecurityEvent.Type type, @Nullable Session session, @Nullable Integer generationsBehind) {
    events.publish(
        new SecurityEvent(
            type,
            session == null ? null : session.userId(),
            session == null ? null : session.id(),
            generationsBehind,
            device.address(),
            now));
  }

  /**
   * A log-in that was refused.
   *
   * @param tried whose account it was tried on; empty if there is no such account
   */
  public void refusedLogin(Optional<UserId> tried) {
    UserId userId = tried.orElse(null);
    events.publish(
        new SecurityEvent(
            SecurityEvent.Type.LOGIN_REFUSED, userId, null, null, device.address(), now));
  }

  /** Somebody who is not proven to be anybody. */
  public void anonymous(SecurityEvent.Type type) {
    exchange(type, null, null);
  }
}
