package dev.latchkey.application.port.in.session;

import dev.latchkey.application.port.EndedSessionsDocument;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tells resource servers which sessions have ended while their access tokens are still valid. */
public interface PublishEndedSessions {

  Result execute(Command command);

  /**
   * @param since the {@code as_of} of the newest document that the caller knows; null if it wants a
   *     whole one
   */
  record Command(@Nullable Instant since) {}

  sealed interface Result {

    /**
     * @param isNews whether the caller may learn something from it, by what it says it knows
     */
    record Published(EndedSessionsDocument document, boolean isNews) implements Result {}

    /** This node has not been able to read the store for so long that it does not know itself. */
    record Unknown() implements Result {}
  }
}
