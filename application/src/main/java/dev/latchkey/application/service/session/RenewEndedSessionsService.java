package dev.latchkey.application.service.session;

import dev.latchkey.application.port.in.session.RenewEndedSessions;
import java.util.OptionalLong;

/** {@link RenewEndedSessions}. */
public final class RenewEndedSessionsService implements RenewEndedSessions {

  private final EndedSessionsFeed feed;

  public RenewEndedSessionsService(EndedSessionsFeed feed) {
    this.feed = feed;
  }

  @Override
  public Result execute() {
    OptionalLong version = feed.renew();
    return version.isPresent() ? new Result.Read(version.getAsLong()) : new Result.NobodyListens();
  }
}
