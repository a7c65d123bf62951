package dev.latchkey.application.port.in.key;

import dev.latchkey.domain.key.SigningKey;
import dev.latchkey.domain.key.SigningKeyState;
import java.util.List;

/** Shows the operator the signing keys and their states. */
public interface ListSigningKeys {

  /** By ascending number, retired ones included. */
  List<Entry> execute();

  record Entry(SigningKey key, SigningKeyState state) {}
}
