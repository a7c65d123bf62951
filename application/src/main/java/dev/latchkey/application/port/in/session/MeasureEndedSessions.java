package dev.latchkey.application.port.in.session;

import java.time.Duration;

/** What those who run the service should know of the feed of ended sessions. */
public interface MeasureEndedSessions {

  Measure execute();

  /**
   * @param named how many sessions a whole document names
   * @param age how old the knowledge is that is published; zero while nobody listens
   * @param signed how many documents were signed since the start
   */
  record Measure(int named, Duration age, long signed) {}
}
