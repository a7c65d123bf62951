package dev.latchkey.application.service.session;

import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvent.Concerned;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Ends sessions whose user logs out; what the ways of logging out have in common. */
public final class SessionRevoker {

  private final Sessions sessions;
  private final SecurityEvents events;

  public SessionRevoker(Sessions sessions, SecurityEvents events) {
    this.sessions = sessions;
    this.events = events;
  }

  /**
   * To be called in a transaction.
   *
   * @return those that this call has ended; others may have been faster with the rest
   */
  List<Session> end(Stream<Session> targets, Instant now) {
    var revocation = new Revocation(now, Revocation.Reason.LOGGED_OUT);
    return targets.filter(session -> sessions.revoke(session.id(), revocation)).toList();
  }

  /** To be called once it is committed. */
  void announce(List<Session> ended, Device device, Instant now) {
    ended.forEach(
        session ->
            events.publish(new SecurityEvent.SessionRevoked(Concerned.of(session, device, now))));
  }
}
