package dev.latchkey.application.service.key;

import dev.latchkey.application.port.in.key.ListSigningKeys;
import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.port.out.key.SigningKeys;
import dev.latchkey.domain.key.SigningKeySchedule;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** {@link ListSigningKeys}. */
public final class ListSigningKeysService implements ListSigningKeys {

  private final SigningKeys signingKeys;
  private final InstantSource clock;

  public ListSigningKeysService(SigningKeys signingKeys, InstantSource clock) {
    this.signingKeys = signingKeys;
    this.clock = clock;
  }

  @Override
  public List<Entry> execute() {
    Instant now = clock.instant();
    var schedule =
        new SigningKeySchedule(signingKeys.all().stream().map(SealedSigningKey::key).toList());
    return schedule.keys().stream().map(key -> new Entry(key, schedule.stateOf(key, now))).toList();
  }
}
