package dev.latchkey.application.port.out.key;

import dev.latchkey.domain.key.NextSigningKey;
import java.util.Optional;

/**
 * Makes signing keys, and encrypts their private parts under master keys, which are kept outside of
 * the store. It remembers nothing.
 */
public interface SigningKeySeal {

  /**
   * A new key, sealed under the current master key. It is of no use until it is added to the {@link
   * SigningKeys}.
   */
  SealedSigningKey generate(NextSigningKey next);

  /**
   * Opens a key.
   *
   * @return nothing if the key is erased, or was not sealed, as it stands, under a master key that
   *     this node has
   */
  Optional<OpenedSigningKey> open(SealedSigningKey key);

  /**
   * The same key, sealed under the current master key.
   *
   * @return nothing if it is sealed under that one already, or does not open
   */
  Optional<SealedSigningKey> reseal(SealedSigningKey key);
}
