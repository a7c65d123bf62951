package dev.latchkey.application.service.key;

import dev.latchkey.application.port.Actor;
import dev.latchkey.application.port.in.key.RotateSigningKey;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.port.out.key.SigningKeySeal;
import dev.latchkey.application.port.out.key.SigningKeys;
import dev.latchkey.domain.key.SigningKey;
import dev.latchkey.domain.key.SigningKeyPolicy;
import dev.latchkey.domain.key.SigningKeyState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** {@link RotateSigningKey}: one insert decides which of several processes adds the key. */
public final class RotateSigningKeyService implements RotateSigningKey {

  private final SigningKeyRing ring;
  private final SigningKeys store;
  private final SigningKeySeal seal;
  private final SigningKeyPolicy policy;
  private final SecurityEvents events;
  private final InstantSource clock;

  public RotateSigningKeyService(
      SigningKeyRing ring,
      SigningKeys store,
      SigningKeySeal seal,
      SigningKeyPolicy policy,
      SecurityEvents events,
      InstantSource clock) {
    this.ring = ring;
    this.store = store;
    this.seal = seal;
    this.policy = policy;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Instant now = clock.instant();
    SigningKeyReading reading = ring.read();
    return reading
        .unusable(now)
        .<Result>map(row -> new Result.WrongMasterKey(row.key().number(), row.masterKeyId()))
        .orElseGet(() -> rotate(reading, command.actor(), now));
  }

  private Result rotate(SigningKeyReading reading, Actor actor, Instant now) {
    Optional<SigningKey> added =
        reading
            .schedule()
            .nextOnCommand(now, policy)
            .map(seal::generate)
            .filter(store::add)
            .map(SealedSigningKey::key);
    SigningKeyReading after = ring.read();
    added.ifPresent(
        key ->
            events.publish(
                new SecurityEvent.SigningKeyAdded(Optional.of(actor), key.number(), now)));
    return added.<Result>map(Result.Added::new).orElseGet(() -> pending(after, now));
  }

  private static Result pending(SigningKeyReading reading, Instant now) {
    return reading
        .schedule()
        .newest()
        .filter(newest -> reading.schedule().stateOf(newest, now) == SigningKeyState.PENDING)
        .<Result>map(Result.AlreadyPending::new)
        .orElseGet(Result.Overtaken::new);
  }
}
