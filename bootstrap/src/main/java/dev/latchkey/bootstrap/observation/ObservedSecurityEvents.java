package dev.latchkey.bootstrap.observation;

import dev.latchkey.application.port.Actor;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.domain.session.Device;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Security events as log lines of {@code key=value} pairs and as the counter {@code
 * latchkey_events_total}; alarms are warnings, routine is counted and logged for debugging alone.
 */
@Singleton
final class ObservedSecurityEvents implements SecurityEvents {

  private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.security");

  /** All of them from the start: whoever watches a counter must find it before it first counts. */
  private final Map<Class<?>, Counted> cases;

  ObservedSecurityEvents(MeterRegistry registry) {
    this.cases =
        Cases.of(SecurityEvent.class)
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(), type -> Counted.of(Cases.nameOf(type), registry)));
  }

  @Override
  public void publish(SecurityEvent event) {
    Counted its = Objects.requireNonNull(cases.get(event.getClass()));
    its.counter().increment();
    Level level = levelOf(event);
    if (LOG.isEnabledForLevel(level)) {
      LoggingEventBuilder line = LOG.atLevel(level);
      add(line, "event", its.name());
      describe(event, line);
      line.log("security event");
    }
  }

  /** What a case is called, and how often it has happened. */
  private record Counted(String name, Counter counter) {

    static Counted of(String name, MeterRegistry registry) {
      return new Counted(name, registry.counter("latchkey.events", "type", name));
    }
  }

  private static Level levelOf(SecurityEvent event) {
    return switch (event) {
      case SecurityEvent.Routine _ -> Level.DEBUG;
      case SecurityEvent.Notice _ -> Level.INFO;
      case SecurityEvent.Alarm _ -> Level.WARN;
    };
  }

  private static void describe(SecurityEvent event, LoggingEventBuilder line) {
    switch (event) {
      case SecurityEvent.Exchange exchange -> {
        describe(exchange.concerned(), line);
        add(line, "generationsBehind", exchange.generationsBehind());
        addAddress(line, exchange.concerned().device());
      }
      case SecurityEvent.OfSession session -> {
        describe(session.concerned(), line);
        addAddress(line, session.concerned().device());
      }
      case SecurityEvent.ExchangeUnknown unknown -> addAddress(line, unknown.device());
      case SecurityEvent.LoginRefused refused -> {
        add(line, "user", refused.tried().orElse(null));
        addAddress(line, refused.device());
      }
      case SecurityEvent.LoginDelayed delayed -> {
        add(line, "user", delayed.tried().orElse(null));
        addAddress(line, delayed.device());
      }
      case SecurityEvent.AccountClosed closed -> {
        add(line, "user", closed.userId());
        addAddress(line, closed.device());
      }
      case SecurityEvent.ClientRefused refused -> {
        add(line, "client", refused.clientId());
        addAddress(line, refused.device());
      }
      case SecurityEvent.OfAccount account -> {
        add(line, "user", account.userId());
        addAddress(line, account.device());
      }
      case SecurityEvent.CodeRefused refused -> addAddress(line, refused.device());
      case SecurityEvent.AccessRefused refused -> {
        add(line, "user", refused.userId().orElse(null));
        add(line, "reason", refused.reason());
        addAddress(line, refused.device());
      }
      case SecurityEvent.Administration administration -> {
        add(line, "user", administration.userId());
        describe(administration.actor(), line);
      }
      case SecurityEvent.MailGivenUp mail -> {
        add(line, "mail", mail.kind());
        add(line, "user", mail.owner().orElse(null));
      }
      case SecurityEvent.RoleChange change -> {
        add(line, "user", change.userId());
        add(line, "role", change.role());
        describe(change.actor(), line);
      }
      case SecurityEvent.SigningKeyAdded added -> {
        add(line, "signingKey", added.number());
        added.actor().ifPresent(actor -> describe(actor, line));
      }
      case SecurityEvent.SigningKeyUnusable unusable -> add(line, "signingKey", unusable.number());
      case SecurityEvent.TimeDistrusted _, SecurityEvent.TimeTrustedAgain _ -> {}
    }
  }

  private static void describe(SecurityEvent.Concerned concerned, LoggingEventBuilder line) {
    add(line, "user", concerned.userId());
    add(line, "session", concerned.sessionId());
  }

  private static void describe(Actor actor, LoggingEventBuilder line) {
    switch (actor) {
      case Actor.Operator() -> add(line, "actor", "operator");
      case Actor.Administrator(var userId, var device) -> {
        add(line, "actor", userId);
        addAddress(line, device);
      }
    }
  }

  private static void addAddress(LoggingEventBuilder line, Device device) {
    add(line, "clientAddress", device.address());
  }

  private static void add(LoggingEventBuilder line, String key, @Nullable Object value) {
    if (value != null) {
      var _ = line.addKeyValue(key, value.toString());
    }
  }
}
