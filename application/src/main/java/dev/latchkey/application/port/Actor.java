package dev.latchkey.application.port;

import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.user.UserId;

/** Who acts on what is not their own. */
public sealed interface Actor {

  /** Somebody who may run commands where the service is installed. */
  record Operator() implements Actor {}

  /** A user with the role {@code admin}. */
  record Administrator(UserId userId, Device device) implements Actor {}
}
