package dev.latchkey.bootstrap.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.stream.Stream;

/** What a line of the log looks like. */
public enum LogFormat {
  TEXT,
  JSON;

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  /** In UTC, to the millisecond (RFC 3339 §5.6). */
  static String timeOf(ILoggingEvent event) {
    return TIME.format(Instant.ofEpochMilli(event.getTimeStamp()));
  }

  /**
   * By the name that the setting has for it.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static LogFormat parse(String name) {
    return Stream.of(values())
        .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("it must be text or json"));
  }

  /** One that still has to be started. */
  Encoder<ILoggingEvent> lines() {
    return switch (this) {
      case TEXT -> new TextLines();
      case JSON -> new JsonLines();
    };
  }
}
