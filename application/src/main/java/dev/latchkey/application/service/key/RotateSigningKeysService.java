package dev.latchkey.application.service.key;

import dev.latchkey.application.port.in.key.RotateSigningKeys;
import dev.latchkey.application.port.out.TrustedTime;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.port.out.key.SigningKeyFactory;
import dev.latchkey.application.port.out.key.SigningKeys;
import dev.latchkey.application.service.Announcements;
import dev.latchkey.domain.key.NextSigningKey;
import dev.latchkey.domain.key.SigningKey;
import dev.latchkey.domain.key.SigningKeyPolicy;
import dev.latchkey.domain.key.SigningKeySchedule;
import dev.latchkey.domain.key.SigningKeyState;
import dev.latchkey.domain.session.Device;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * {@link RotateSigningKeys}, without a transaction: each step is one statement that holds by
 * itself, and whoever comes second with a number goes by the key of the first.
 */
public final class RotateSigningKeysService implements RotateSigningKeys {

  /** Nobody's device: keys are added by the service itself, or by its operator. */
  private static final Device NOBODY = new Device(null, null);

  private final SigningKeys signingKeys;
  private final SigningKeyFactory factory;
  private final SigningKeyPolicy policy;
  private final SecurityEvents events;
  private final InstantSource clock;
  private final TrustedTime time;

  public RotateSigningKeysService(
      SigningKeys signingKeys,
      SigningKeyFactory factory,
      SigningKeyPolicy policy,
      SecurityEvents events,
      InstantSource clock,
      TrustedTime time) {
    this.signingKeys = signingKeys;
    this.factory = factory;
    this.policy = policy;
    this.events = events;
    this.clock = clock;
    this.time = time;
  }

  @Override
  public Result execute(Command command) {
    List<SealedSigningKey> stored = signingKeys.all();
    SigningKeySchedule schedule = scheduleOf(stored);
    return switch (command.occasion()) {
      case SCHEDULE ->
          time.now()
              .map(now -> onSchedule(stored, schedule, now))
              .orElseGet(
                  () -> schedule.newest().isEmpty() ? addOnCommand(schedule) : Optional.empty())
              .orElseGet(Result.NotDue::new);
      case COMMAND ->
          addOnCommand(schedule)
              .orElseGet(() -> pending(scheduleOf(signingKeys.all()), clock.instant()));
    };
  }

  private Optional<Result> onSchedule(
      List<SealedSigningKey> stored, SigningKeySchedule schedule, Instant now) {
    eraseRetired(stored, schedule, now);
    return schedule.nextOnSchedule(now, policy).flatMap(next -> add(next, now));
  }

  private Optional<Result> addOnCommand(SigningKeySchedule schedule) {
    Instant now = clock.instant();
    return schedule.nextOnCommand(now, policy).flatMap(next -> add(next, now));
  }

  /** Nothing if another node was faster. */
  private Optional<Result> add(NextSigningKey next, Instant now) {
    SealedSigningKey created = factory.create(next);
    if (!signingKeys.add(created)) {
      return Optional.empty();
    }
    new Announcements(events, NOBODY, now).anonymous(SecurityEvent.Type.SIGNING_KEY_ADDED);
    return Optional.of(new Result.Added(created.key()));
  }

  private static Result pending(SigningKeySchedule schedule, Instant now) {
    return schedule
        .newest()
        .filter(newest -> schedule.stateOf(newest, now) == SigningKeyState.PENDING)
        .<Result>map(Result.AlreadyPending::new)
        .orElseGet(Result.NotDue::new);
  }

  /**
   * A node that cannot use the key that signs now may be the one that is wrong: it erases nothing.
   */
  private void eraseRetired(
      List<SealedSigningKey> stored, SigningKeySchedule schedule, Instant now) {
    Optional<SigningKey> active = schedule.active(now);
    if (stored.stream()
        .anyMatch(row -> active.equals(Optional.of(row.key())) && factory.opens(row))) {
      schedule.keys().stream()
          .filter(key -> !key.erased() && schedule.stateOf(key, now) == SigningKeyState.RETIRED)
          .map(SigningKey::number)
          .forEach(signingKeys::erase);
    }
  }

  private static SigningKeySchedule scheduleOf(List<SealedSigningKey> stored) {
    return new SigningKeySchedule(stored.stream().map(SealedSigningKey::key).toList());
  }
}
