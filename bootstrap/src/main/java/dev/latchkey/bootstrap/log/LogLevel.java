package dev.latchkey.bootstrap.log;

import ch.qos.logback.classic.Level;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How much the service's own loggers write. Nobody can do without warnings, as theft is one; and
 * there is nothing below debug.
 */
public enum LogLevel {
  WARN,
  INFO,
  DEBUG;

  /**
   * By the name that the setting has for it.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static LogLevel parse(String name) {
    return Stream.of(values())
        .filter(level -> level.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("it must be warn, info or debug"));
  }

  Level ofLogback() {
    return Level.valueOf(name());
  }
}
