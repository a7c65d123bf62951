package dev.latchkey.bootstrap.settings;

import dev.latchkey.bootstrap.log.LogFormat;
import dev.latchkey.bootstrap.log.LogLevel;

/**
 * What operators see.
 *
 * @param logLevel of the service's own loggers
 */
public record ObservationSettings(LogFormat logFormat, LogLevel logLevel) {

  static Reading<ObservationSettings> read(SettingsReader settings) {
    var logFormat =
        settings.valid(
            "latchkey.log.format", () -> LogFormat.parse(settings.text("latchkey.log.format")));
    var logLevel =
        settings.valid(
            "latchkey.log.level", () -> LogLevel.parse(settings.text("latchkey.log.level")));
    return settings.together(() -> new ObservationSettings(logFormat.get(), logLevel.get()));
  }
}
