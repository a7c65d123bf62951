package dev.latchkey.domain.text;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What became of a text from outside: a value, or the rule that it breaks.
 *
 * @param <T> the type of the value
 */
public sealed interface Parsed<T> {

  record Valid<T>(T value) implements Parsed<T> {}

  record Invalid<T>(Violation violation) implements Parsed<T> {}

  /**
   * Checks a text and builds the value of it.
   *
   * @param rules finds the first rule that the text breaks
   * @param value is only asked for a text that breaks none
   */
  static <T> Parsed<T> of(
      String text, Function<String, @Nullable Violation> rules, Function<String, T> value) {
    Violation violation = rules.apply(text);
    return violation == null ? new Valid<>(value.apply(text)) : new Invalid<>(violation);
  }

  /**
   * The value of a text that was checked before.
   *
   * @throws IllegalArgumentException if it breaks a rule; the message names the rule, and repeats
   *     nothing of the text
   */
  default T orThrow() {
    return switch (this) {
      case Valid<T>(T value) -> value;
      case Invalid<T>(Violation violation) ->
          throw new IllegalArgumentException(violation.code() + ": " + violation.message());
    };
  }

  /** The value, if there is one; for a caller that does not say what is wrong. */
  default Optional<T> valid() {
    return switch (this) {
      case Valid<T>(T value) -> Optional.of(value);
      case Invalid<T> _ -> Optional.empty();
    };
  }
}
