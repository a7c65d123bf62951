package dev.latchkey.adapters.web.request;

import io.micronaut.http.HttpResponse;
import java.time.Duration;

/**
 * How long whoever tries too often is kept waiting for the refusal. A refusal is cheap, and most
 * who guess ask again at once: without a pause they would keep the service busy with refusing them.
 * The pause costs nothing but a virtual thread.
 *
 * @param pause of each refusal
 */
public record Patience(Duration pause) {

  /** Answers after the pause, or at once if this thread is interrupted. */
  public HttpResponse<?> refuse(HttpResponse<?> refusal) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return refusal;
  }
}
