package dev.latchkey.domain.key;

import static java.util.Comparator.comparingInt;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * All signing keys, and what each of them does at a given time. Everything follows from what is
 * stored and the time that all nodes share, so nodes that have read the same agree without talking
 * to each other, and nothing has to be done at the moment when one key takes over from another.
 */
public final class SigningKeySchedule {

  /**
   * How long a key stays published after its last token should have expired: a minute for resource
   * servers that accept tokens a little longer, since their clocks may be behind, and a minute for
   * the nodes, whose clocks are not quite the same.
   */
  public static final Duration RETIREMENT_MARGIN = Duration.ofMinutes(2);

  /** By ascending number. */
  private final List<SigningKey> keys;

  /** Those that still have their private part. */
  private final List<SigningKey> usable;

  public SigningKeySchedule(Collection<SigningKey> keys) {
    this.keys = keys.stream().sorted(comparingInt(SigningKey::number)).toList();
    this.usable = this.keys.stream().filter(key -> !key.erased()).toList();
  }

  /** All keys, by ascending number. */
  public List<SigningKey> keys() {
    return keys;
  }

  /** The one with the highest number that can still sign, now or later. */
  public Optional<SigningKey> newest() {
    return usable.isEmpty() ? Optional.empty() : Optional.of(usable.getLast());
  }

  /**
   * The key that signs: of those whose time has come, the newest. Empty only if there are no keys.
   */
  public Optional<SigningKey> active(Instant now) {
    return usable.reversed().stream()
        .filter(key -> !key.signsFrom().isAfter(now))
        .findFirst()
        // The time was set back to before the oldest key began; it is the one that is known the
        // longest.
        .or(() -> usable.stream().findFirst());
  }

  /** The keys that check tokens, or will soon, by ascending number. */
  public List<SigningKey> published(Instant now) {
    return keys.stream().filter(key -> stateOf(key, now) != SigningKeyState.RETIRED).toList();
  }

  /** The state of one of these keys. */
  public SigningKeyState stateOf(SigningKey key, Instant now) {
    if (key.erased()) {
      return SigningKeyState.RETIRED;
    }
    int active = active(now).orElseThrow().number();
    if (key.number() >= active) {
      return key.number() == active ? SigningKeyState.ACTIVE : SigningKeyState.PENDING;
    }
    return now.isBefore(
            successorOf(key).signsFrom().plus(key.tokenLifetime()).plus(RETIREMENT_MARGIN))
        ? SigningKeyState.RETIRING
        : SigningKeyState.RETIRED;
  }

  /** Of a key that is older than the active one. */
  private SigningKey successorOf(SigningKey key) {
    return usable.stream().filter(later -> later.number() > key.number()).findFirst().orElseThrow();
  }

  /**
   * The key to make now, so that one takes over when the newest has signed for the rotation
   * interval, or as soon as possible if that is past or the newest is of another algorithm than the
   * policy wants. Nothing if none is due, or one is pending.
   */
  public Optional<NextSigningKey> nextOnSchedule(Instant now, SigningKeyPolicy policy) {
    Optional<SigningKey> newest = newest();
    if (newest.isEmpty() || newest.get().algorithm() != policy.algorithm()) {
      return nextOnCommand(now, policy);
    }
    Instant regular = newest.get().signsFrom().plus(policy.rotationInterval());
    return regular.minus(policy.publicationLead()).isAfter(now)
        ? Optional.empty()
        : nextOnCommand(now, policy).map(next -> postponed(next, regular));
  }

  private static NextSigningKey postponed(NextSigningKey next, Instant signsFrom) {
    return new NextSigningKey(
        next.number(),
        next.algorithm(),
        next.createdAt(),
        later(next.signsFrom(), signsFrom),
        next.tokenLifetime());
  }

  /**
   * The key to make now, so that it takes over as soon as possible. Nothing if one is pending
   * already.
   */
  public Optional<NextSigningKey> nextOnCommand(Instant now, SigningKeyPolicy policy) {
    Optional<SigningKey> newest = newest();
    if (newest.isPresent() && stateOf(newest.get(), now) == SigningKeyState.PENDING) {
      return Optional.empty();
    }
    // Without any other key there is nobody to announce it to and nothing that could break.
    Instant signsFrom =
        newest
            .map(
                before ->
                    later(now.plus(policy.publicationLead()), before.signsFrom().plusMillis(1)))
            .orElse(now);
    int number = keys.isEmpty() ? 1 : keys.getLast().number() + 1;
    return Optional.of(
        new NextSigningKey(number, policy.algorithm(), now, signsFrom, policy.tokenLifetime()));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
