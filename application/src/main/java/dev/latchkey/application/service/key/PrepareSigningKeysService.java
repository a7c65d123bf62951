package dev.latchkey.application.service.key;

import dev.latchkey.application.port.WrongMasterKeyException;
import dev.latchkey.application.port.in.key.MaintainSigningKeys;
import dev.latchkey.application.port.in.key.PrepareSigningKeys;
import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.port.out.key.SigningKeySeal;
import dev.latchkey.application.port.out.key.SigningKeys;
import java.time.InstantSource;

/**
 * {@link PrepareSigningKeys}. It checks twice that all keys open: a node that starts at the same
 * time may add the first one, with another master key.
 */
public final class PrepareSigningKeysService implements PrepareSigningKeys {

  private final SigningKeyRing ring;
  private final SigningKeys store;
  private final SigningKeySeal seal;
  private final MaintainSigningKeys maintain;
  private final InstantSource clock;

  public PrepareSigningKeysService(
      SigningKeyRing ring,
      SigningKeys store,
      SigningKeySeal seal,
      MaintainSigningKeys maintain,
      InstantSource clock) {
    this.ring = ring;
    this.store = store;
    this.seal = seal;
    this.maintain = maintain;
    this.clock = clock;
  }

  @Override
  public void execute() {
    requireThatAllOpen(ring.read());
    var _ = maintain.execute();
    SigningKeyReading reading = ring.read();
    requireThatAllOpen(reading);
    reading.rows().forEach(this::sealUnderTheCurrentMasterKey);
  }

  private void requireThatAllOpen(SigningKeyReading reading) {
    reading
        .unusable(clock.instant())
        .ifPresent(
            row -> {
              throw new WrongMasterKeyException(row.key().number(), row.masterKeyId());
            });
  }

  /** At start alone: nodes whose current master keys differ would else write for ever. */
  private void sealUnderTheCurrentMasterKey(SealedSigningKey row) {
    // If the store refuses it, another node was faster.
    seal.reseal(row)
        .ifPresent(
            resealed -> {
              boolean _ = store.reseal(resealed, row.masterKeyId());
            });
  }
}
