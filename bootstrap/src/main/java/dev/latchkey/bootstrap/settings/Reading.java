package dev.latchkey.bootstrap.settings;

import java.util.Optional;

/**
 * What came of reading settings: what they describe, or nothing, after a mistake that is noted.
 *
 * @param <T> what they describe
 */
public final class Reading<T> {

  private final Optional<T> value;

  private Reading(Optional<T> value) {
    this.value = value;
  }

  static <T> Reading<T> of(T value) {
    return new Reading<>(Optional.of(value));
  }

  static <T> Reading<T> mistaken() {
    return new Reading<>(Optional.empty());
  }

  /** To be called within {@link SettingsReader#valid} alone, which ends quietly after a mistake. */
  T get() {
    return value.orElseThrow(Mistaken::new);
  }

  /** A mistake that is noted already. */
  static final class Mistaken extends RuntimeException {}
}
