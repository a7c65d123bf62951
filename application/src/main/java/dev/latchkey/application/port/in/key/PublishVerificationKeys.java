package dev.latchkey.application.port.in.key;

import dev.latchkey.application.port.VerificationKey;
import java.time.Duration;
import java.util.List;

/** Gives resource servers the public keys that verify access tokens (RFC 7517 §5). */
public interface PublishVerificationKeys {

  Published execute();

  /**
   * @param maxAge how long they may be cached; whole seconds
   */
  record Published(List<VerificationKey> keys, Duration maxAge) {}
}
