package dev.latchkey.application.service.session;

import dev.latchkey.application.port.in.session.PublishEndedSessions;

/** {@link PublishEndedSessions}. */
public final class PublishEndedSessionsService implements PublishEndedSessions {

  private final EndedSessionsFeed feed;

  public PublishEndedSessionsService(EndedSessionsFeed feed) {
    this.feed = feed;
  }

  @Override
  public Result execute(Command command) {
    return feed.publish(command.since());
  }
}
