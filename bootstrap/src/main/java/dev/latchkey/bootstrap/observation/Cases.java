package dev.latchkey.bootstrap.observation;

import java.util.Locale;
import java.util.stream.Stream;

/** The cases of sealed types, as metrics and logs name them. */
final class Cases {

  private Cases() {}

  /** Each once, whatever they are sealed by in between; of a type that is not sealed, itself. */
  static Stream<Class<?>> of(Class<?> type) {
    Class<?>[] permitted = type.getPermittedSubclasses();
    return permitted == null ? Stream.of(type) : Stream.of(permitted).flatMap(Cases::of).distinct();
  }

  /** The name as a word of metrics: {@code ExchangeReuseDetected} is exchange_reuse_detected. */
  static String nameOf(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
