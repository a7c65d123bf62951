package dev.latchkey.bootstrap.settings;

import dev.latchkey.domain.session.SessionLimit;
import dev.latchkey.domain.session.SessionPolicy;
import java.time.Duration;

/**
 * How long sessions last, and how they are exchanged.
 *
 * @param limit how many a user may have at a time
 * @param retention how long a session is kept after its end
 * @param onlyAfterExpiry whether an exchange must bring the session's access token, which must have
 *     expired
 */
public record SessionSettings(
    SessionPolicy policy, SessionLimit limit, Duration retention, boolean onlyAfterExpiry) {

  static Reading<SessionSettings> read(SettingsReader settings) {
    var policy =
        settings.valid(
            "latchkey.session.* or latchkey.refresh.*",
            () ->
                new SessionPolicy(
                    settings.duration("latchkey.session.idle"),
                    settings.duration("latchkey.session.absolute"),
                    settings.duration("latchkey.refresh.retry-window"),
                    settings.duration("latchkey.refresh.keyed-retry-window")));
    var limit =
        settings.valid(
            "latchkey.session.max-per-user",
            () -> new SessionLimit(settings.number("latchkey.session.max-per-user")));
    var retention =
        settings.valid(
            "latchkey.session.retention",
            () -> notNegative(settings.duration("latchkey.session.retention")));
    boolean onlyAfterExpiry = settings.flag("latchkey.refresh.only-after-expiry");
    return settings.together(
        () -> new SessionSettings(policy.get(), limit.get(), retention.get(), onlyAfterExpiry));
  }

  private static Duration notNegative(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("it must not be negative");
    }
    return duration;
  }
}
