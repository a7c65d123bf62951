package dev.latchkey.application.port.out.event;

/** Where security events go: logs, counters, an audit trail. */
public interface SecurityEvents {

  /** Takes note of what has been committed. It must not fail, and not take long. */
  void publish(SecurityEvent event);
}
