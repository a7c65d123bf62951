package dev.latchkey.bootstrap.settings;

import java.time.Duration;

/**
 * How long a stop may take.
 *
 * @param grace from the moment that the service is not ready until it accepts no connection: as
 *     long as a load balancer may need to notice
 * @param drain from then on until what was begun is cut
 */
public record StopSettings(Duration grace, Duration drain) {

  /**
   * @throws IllegalArgumentException if one of them is negative
   */
  public StopSettings {
    if (grace.isNegative() || drain.isNegative()) {
      throw new IllegalArgumentException("the times must not be negative");
    }
  }

  static Reading<StopSettings> read(SettingsReader settings) {
    return settings.valid(
        "latchkey.stop.*",
        () ->
            new StopSettings(
                settings.duration("latchkey.stop.grace"),
                settings.duration("latchkey.stop.drain")));
  }
}
