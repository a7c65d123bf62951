package dev.latchkey.application.port.in;

import dev.latchkey.application.port.VerificationKey;
import java.time.Duration;
import java.util.List;

/** Tells resource servers which public keys check access tokens (RFC 7517 §5). */
public interface PublishVerificationKeys {

  Result execute(Command command);

  record Command() {}

  sealed interface Result {

    /** @param maxAge how long they may be gone by; whole seconds */
    record Published(List<VerificationKey> keys, Duration maxAge) implements Result {}
  }
}
