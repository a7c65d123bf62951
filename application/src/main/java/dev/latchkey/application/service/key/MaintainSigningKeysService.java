package dev.latchkey.application.service.key;

import dev.latchkey.application.port.in.key.MaintainSigningKeys;
import dev.latchkey.application.port.out.TrustedTime;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.port.out.key.SigningKeySeal;
import dev.latchkey.application.port.out.key.SigningKeys;
import dev.latchkey.domain.key.NextSigningKey;
import dev.latchkey.domain.key.SigningKey;
import dev.latchkey.domain.key.SigningKeyPolicy;
import dev.latchkey.domain.key.SigningKeyState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * {@link MaintainSigningKeys}: one reading, then what follows from it. No transaction: each step is
 * one statement that is complete by itself, and of two nodes that add the same number, the second
 * uses the key of the first.
 */
public final class MaintainSigningKeysService implements MaintainSigningKeys {

  private final SigningKeyRing ring;
  private final SigningKeys store;
  private final SigningKeySeal seal;
  private final SigningKeyPolicy policy;
  private final SecurityEvents events;
  private final InstantSource clock;
  private final TrustedTime time;

  public MaintainSigningKeysService(
      SigningKeyRing ring,
      SigningKeys store,
      SigningKeySeal seal,
      SigningKeyPolicy policy,
      SecurityEvents events,
      InstantSource clock,
      TrustedTime time) {
    this.ring = ring;
    this.store = store;
    this.seal = seal;
    this.policy = policy;
    this.events = events;
    this.clock = clock;
    this.time = time;
  }

  @Override
  public Result execute() {
    SigningKeyReading reading = ring.read();
    Optional<Instant> trusted = time.now();
    boolean extended = coverOurTokens(reading, trusted.orElseGet(clock::instant));
    trusted.ifPresent(now -> eraseRetired(reading, now));
    Optional<SigningKey> added = next(reading, trusted).flatMap(this::add);
    if (extended || added.isPresent()) {
      var _ = ring.read();
    }
    return added.<Result>map(Result.Added::new).orElseGet(Result.NoneAdded::new);
  }

  /** A node may sign with a key only once the store knows how long its tokens live. */
  private boolean coverOurTokens(SigningKeyReading reading, Instant now) {
    List<SigningKey> shorter =
        reading
            .notRetired(now)
            .map(SealedSigningKey::key)
            .filter(key -> key.tokenLifetime().compareTo(policy.tokenLifetime()) < 0)
            .toList();
    shorter.forEach(key -> store.extendTokenLifetime(key.number(), policy.tokenLifetime()));
    return !shorter.isEmpty();
  }

  /** A node that cannot use the key that signs now may be the one that is wrong. */
  private void eraseRetired(SigningKeyReading reading, Instant now) {
    if (reading.schedule().active(now).flatMap(reading::opened).isPresent()) {
      reading.schedule().keys().stream()
          .filter(key -> !key.erased())
          .filter(key -> reading.schedule().stateOf(key, now) == SigningKeyState.RETIRED)
          .map(SigningKey::number)
          .forEach(store::erase);
    }
  }

  private Optional<NextSigningKey> next(SigningKeyReading reading, Optional<Instant> trusted) {
    if (reading.schedule().newest().isEmpty()) {
      return reading.schedule().nextOnCommand(clock.instant(), policy);
    }
    return trusted.flatMap(now -> reading.schedule().nextOnSchedule(now, policy));
  }

  /** Nothing if another node was faster. */
  private Optional<SigningKey> add(NextSigningKey next) {
    SealedSigningKey generated = seal.generate(next);
    if (!store.add(generated)) {
      return Optional.empty();
    }
    events.publish(
        new SecurityEvent.SigningKeyAdded(Optional.empty(), next.number(), next.createdAt()));
    return Optional.of(generated.key());
  }
}
