package dev.latchkey.application.service;

import dev.latchkey.application.port.in.RotateSigningKeys;
import dev.latchkey.application.port.out.SealedSigningKey;
import dev.latchkey.application.port.out.SigningKeyFactory;
import dev.latchkey.application.port.out.SigningKeys;
import dev.latchkey.domain.key.NextSigningKey;
import dev.latchkey.domain.key.SigningKey;
import dev.latchkey.domain.key.SigningKeyPolicy;
import dev.latchkey.domain.key.SigningKeySchedule;
import dev.latchkey.domain.key.SigningKeyState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * {@link RotateSigningKeys}, without a transaction: each step is one statement that holds by itself, and whoever comes
 * second with a number goes by the key of the first.
 */
public final class RotateSigningKeysService implements RotateSigningKeys {

  private final SigningKeys signingKeys;
  private final SigningKeyFactory factory;
  private final SigningKeyPolicy policy;
  private final InstantSource clock;

  public RotateSigningKeysService(
      SigningKeys signingKeys, SigningKeyFactory factory, SigningKeyPolicy policy, InstantSource clock) {
    this.signingKeys = signingKeys;
    this.factory = factory;
    this.policy = policy;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Instant now = clock.instant();
    SigningKeySchedule schedule = read();
    return switch (command.occasion()) {
      case SCHEDULE -> {
        eraseRetired(schedule, now);
        yield schedule.nextOnSchedule(now, policy).flatMap(this::add).orElseGet(Result.NotDue::new);
      }
      case COMMAND ->
          schedule.nextOnCommand(now, policy).flatMap(this::add).orElseGet(() -> pending(read(), now));
    };
  }

  /** Nothing if another node was faster. */
  private Optional<Result> add(NextSigningKey next) {
    SealedSigningKey created = factory.create(next);
    return signingKeys.add(created) ? Optional.of(new Result.Added(created.key())) : Optional.empty();
  }

  private static Result pending(SigningKeySchedule schedule, Instant now) {
    return schedule
        .newest()
        .filter(newest -> schedule.stateOf(newest, now) == SigningKeyState.PENDING)
        .<Result>map(Result.AlreadyPending::new)
        .orElseGet(Result.NotDue::new);
  }

  private void eraseRetired(SigningKeySchedule schedule, Instant now) {
    schedule.keys().stream()
        .filter(key -> !key.erased() && schedule.stateOf(key, now) == SigningKeyState.RETIRED)
        .map(SigningKey::number)
        .forEach(signingKeys::erase);
  }

  private SigningKeySchedule read() {
    return new SigningKeySchedule(signingKeys.all().stream().map(SealedSigningKey::key).toList());
  }
}
