package dev.latchkey.domain.session;

import static java.util.Comparator.comparing;

import java.util.List;

/**
 * How many sessions a user may have at a time.
 *
 * @param value 1 means a single device; 0 stands for no limit
 */
public record SessionLimit(int value) {

  public static final SessionLimit NONE = new SessionLimit(0);

  public SessionLimit {
    if (value < 0) {
      throw new IllegalArgumentException("the number of sessions per user must not be negative");
    }
  }

  public boolean isNone() {
    return value == 0;
  }

  /** Those of a user's active sessions that give way to one more: the oldest. */
  public List<Session> superseded(List<Session> active) {
    int excess = isNone() ? 0 : Math.max(0, active.size() + 1 - value);
    return active.stream().sorted(comparing(Session::startedAt)).limit(excess).toList();
  }
}
