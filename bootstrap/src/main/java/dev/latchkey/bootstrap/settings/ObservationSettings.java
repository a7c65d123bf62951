package dev.latchkey.bootstrap.settings;

import dev.latchkey.bootstrap.log.LogFormat;
import dev.latchkey.bootstrap.log.LogLevel;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * What operators see.
 *
 * @param logLevel of the service's own loggers
 * @param collector the address that spans are sent to, if they are sent
 */
public record ObservationSettings(LogFormat logFormat, LogLevel logLevel, Optional<URI> collector) {

  public static final String COLLECTOR = "latchkey.tracing.endpoint";

  private static final String WRONG_COLLECTOR =
      "it must be the address of a collector, such as http://localhost:4318";

  static Reading<ObservationSettings> read(SettingsReader settings) {
    var logFormat =
        settings.valid(
            "latchkey.log.format", () -> LogFormat.parse(settings.text("latchkey.log.format")));
    var logLevel =
        settings.valid(
            "latchkey.log.level", () -> LogLevel.parse(settings.text("latchkey.log.level")));
    var collector =
        settings.valid(
            COLLECTOR, () -> settings.optional(COLLECTOR).map(ObservationSettings::addressOf));
    return settings.together(
        () -> new ObservationSettings(logFormat.get(), logLevel.get(), collector.get()));
  }

  /** With a path, if it has one, but with nothing that has no place in front of one. */
  private static URI addressOf(String text) {
    try {
      var address = new URI(text);
      if (Set.of("http", "https").contains(String.valueOf(address.getScheme()))
          && address.getHost() != null
          && address.getRawUserInfo() == null
          && address.getRawQuery() == null
          && address.getRawFragment() == null) {
        return address;
      }
    } catch (URISyntaxException _) {
      // Its message would repeat what may be a secret.
    }
    throw new IllegalArgumentException(WRONG_COLLECTOR);
  }
}
