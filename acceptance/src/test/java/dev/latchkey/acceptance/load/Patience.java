package dev.latchkey.acceptance.load;

import dev.latchkey.acceptance.load.Requests.Reply;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks as honest clients do: whoever is refused with 503 waits for as long as the answer says, and
 * asks again. So many clients that are too fast for a node become as fast as it is.
 */
final class Patience {

  /** After a 503 that does not say, and after an answer that was lost. */
  private static final Duration UNSAID = Duration.ofSeconds(1);

  private final Pause pause;
  private final AtomicInteger refusals = new AtomicInteger();

  Patience() {
    this(Thread::sleep);
  }

  Patience(Pause pause) {
    this.pause = pause;
  }

  interface Pause {
    void last(Duration time) throws InterruptedException;
  }

  interface Request {
    Reply send() throws InterruptedException;
  }

  /**
   * The answer that is neither lost nor a 503. Its times are those of the request that it answers,
   * not of those before.
   *
   * @throws IllegalStateException if it is a refusal
   */
  Reply untilAnswered(Request request) throws InterruptedException {
    Reply reply = request.send();
    while (reply.event().isLost() || reply.event().status() == 503) {
      refusals.incrementAndGet();
      pause.last(reply.retryAfter().isZero() ? UNSAID : reply.retryAfter());
      reply = request.send();
    }
    if (reply.event().status() < 200 || reply.event().status() > 299) {
      throw new IllegalStateException("refused: " + reply);
    }
    return reply;
  }

  /** How many answers were lost or a 503. */
  int refusals() {
    return refusals.get();
  }
}
