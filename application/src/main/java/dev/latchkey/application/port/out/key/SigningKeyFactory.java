package dev.latchkey.application.port.out.key;

import dev.latchkey.domain.key.NextSigningKey;

/** Makes signing keys. */
public interface SigningKeyFactory {

  /**
   * A new key, sealed under the current master key. It is nobody's until it is added to the {@link
   * SigningKeys}.
   */
  SealedSigningKey create(NextSigningKey next);

  /**
   * Whether the key can be used here: it was sealed, as it stands, under a master key that this
   * node has.
   */
  boolean opens(SealedSigningKey key);
}
