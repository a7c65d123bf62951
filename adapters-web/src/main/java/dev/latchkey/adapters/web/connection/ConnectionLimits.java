package dev.latchkey.adapters.web.connection;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long a client may keep the service waiting, and how many may. Each time counts from the
 * beginning of what it limits, whatever trickles in meanwhile.
 *
 * @param head until the head of a request is complete, from its first byte or from the opening of
 *     the connection
 * @param body until the body of a request is complete, from the end of its head
 * @param answer until the client has read an answer, from its beginning
 * @param idle until the next request on the same connection begins
 * @param connections that are open at a time
 */
public record ConnectionLimits(
    Duration head, Duration body, Duration answer, Duration idle, int connections) {

  /**
   * @throws IllegalArgumentException if a limit is not positive
   */
  public ConnectionLimits {
    if (Stream.of(head, body, answer, idle).anyMatch(limit -> !limit.isPositive())
        || connections < 1) {
      throw new IllegalArgumentException(
          "its times must be above zero, and the number of connections must be 1 or more");
    }
  }
}
