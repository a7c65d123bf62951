package dev.latchkey.application.port.in;

import dev.latchkey.domain.key.SigningKey;
import dev.latchkey.domain.key.SigningKeyState;
import java.util.List;

/** Shows the operator the signing keys and their states. */
public interface ListSigningKeys {

  Result execute(Command command);

  record Command() {}

  sealed interface Result {

    /** @param keys by ascending number, retired ones included */
    record Listed(List<Entry> keys) implements Result {}
  }

  record Entry(SigningKey key, SigningKeyState state) {}
}
