package dev.latchkey.bootstrap.observation;

import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Security events as log lines of {@code key=value} pairs and as the counter {@code
 * latchkey_events_total}. What points to theft, or to a wrong clock, is a warning.
 */
@Singleton
final class ObservedSecurityEvents implements SecurityEvents {

  private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.security");

  private final Map<SecurityEvent.Type, Counter> counters = new EnumMap<>(SecurityEvent.Type.class);

  ObservedSecurityEvents(MeterRegistry registry) {
    Arrays.stream(SecurityEvent.Type.values())
        .forEach(
            type -> counters.put(type, registry.counter("latchkey.events", "type", nameOf(type))));
  }

  @Override
  public void publish(SecurityEvent event) {
    Counter counter = counters.get(event.type());
    if (counter != null) {
      counter.increment();
    }
    LoggingEventBuilder line = LOG.atLevel(levelOf(event.type()));
    add(line, "event", nameOf(event.type()));
    add(line, "user", event.userId());
    add(line, "session", event.sessionId());
    add(line, "generationsBehind", event.generationsBehind());
    add(line, "clientAddress", event.clientAddress());
    line.log("security event");
  }

  private static void add(LoggingEventBuilder line, String key, @Nullable Object value) {
    if (value != null) {
      var _ = line.addKeyValue(key, value.toString());
    }
  }

  private static Level levelOf(SecurityEvent.Type type) {
    return switch (type) {
      case EXCHANGE_REUSE_DETECTED,
          EXCHANGE_ACCESS_TOKEN_MISMATCH,
          EXCHANGE_OTHER_CLIENT,
          REVOCATION_OTHER_CLIENT,
          TIME_DISTRUSTED,
          TIME_TRUSTED_AGAIN ->
          Level.WARN;
      default -> Level.INFO;
    };
  }

  private static String nameOf(SecurityEvent.Type type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
