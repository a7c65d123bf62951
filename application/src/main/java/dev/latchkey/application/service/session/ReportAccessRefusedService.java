package dev.latchkey.application.service.session;

import dev.latchkey.application.port.in.session.ReportAccessRefused;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import java.time.InstantSource;

/** {@link ReportAccessRefused}. */
public final class ReportAccessRefusedService implements ReportAccessRefused {

  private final SecurityEvents events;
  private final InstantSource clock;

  public ReportAccessRefusedService(SecurityEvents events, InstantSource clock) {
    this.events = events;
    this.clock = clock;
  }

  @Override
  public void execute(Command command) {
    events.publish(
        new SecurityEvent.AccessRefused(
            command.userId(), command.reason(), command.device(), clock.instant()));
  }
}
