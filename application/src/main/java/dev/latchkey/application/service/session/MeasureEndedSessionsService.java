package dev.latchkey.application.service.session;

import dev.latchkey.application.port.in.session.MeasureEndedSessions;

/** {@link MeasureEndedSessions}. */
public final class MeasureEndedSessionsService implements MeasureEndedSessions {

  private final EndedSessionsFeed feed;

  public MeasureEndedSessionsService(EndedSessionsFeed feed) {
    this.feed = feed;
  }

  @Override
  public Measure execute() {
    return feed.measure();
  }
}
