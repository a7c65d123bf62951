package dev.latchkey.acceptance.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How long requests of one kind took, and their answers. */
final class Waits {

  /** What {@link #summary} has in its columns. */
  static final String HEADING = "  count   per s   median      p95      p99      max  ms   answers";

  private final List<Long> nanos = new ArrayList<>();
  private final Map<String, Integer> answers = new TreeMap<>();

  synchronized void add(long took, String answer) {
    nanos.add(took);
    answers.merge(answer, 1, Integer::sum);
  }

  synchronized int count(String answer) {
    return answers.getOrDefault(answer, 0);
  }

  synchronized boolean isEmpty() {
    return nanos.isEmpty();
  }

  /**
   * All of them in one line.
   *
   * @param seconds in which they were collected
   */
  synchronized String summary(double seconds) {
    return "%7d %7.1f %8.1f %8.1f %8.1f %8.1f       %s"
        .formatted(
            nanos.size(),
            nanos.size() / seconds,
            millis(0.5),
            millis(0.95),
            millis(0.99),
            millis(1),
            answers);
  }

  /**
   * How long it took at most, in milliseconds, in this share of all cases.
   *
   * @param share from 0 to 1
   */
  synchronized double millis(double share) {
    nanos.sort(null);
    int index = (int) Math.min(nanos.size() - 1, Math.floor(share * nanos.size()));
    return nanos.get(index) / 1e6;
  }
}
