package dev.latchkey.testkit;

import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the events, in the order in which they were published. */
public final class RecordedSecurityEvents implements SecurityEvents {

  private final List<SecurityEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public void publish(SecurityEvent event) {
    events.add(event);
  }

  public List<SecurityEvent> all() {
    return List.copyOf(events);
  }

  public SecurityEvent last() {
    return events.getLast();
  }
}
